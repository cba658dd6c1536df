#!/usr/bin/env python
"""Runs factbase's commands; `python manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import NotSupportedError, OperationalError

from factbase.postgres.refusals import DatabaseUnavailable

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    try:
        execute_from_command_line(sys.argv)
    except (DatabaseUnavailable, ImproperlyConfigured, NotSupportedError) as refusal:
        sys.exit(str(refusal))
    except OperationalError as error:
        sys.exit(f"The database does not answer, or ended the work: {error}")
