"""The WSGI application, served by `gunicorn factbase.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")

application = get_wsgi_application()

# What is loaded by now stays, so no collection looks through it. An answer makes some thousand
# objects, few of them in circles: left at 700, Python looks for these many times in each.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
