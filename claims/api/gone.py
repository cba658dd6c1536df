"""The error for a claim that an editor took off the public pages: 410 Gone."""

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException


class TakenOff(APIException):
    """A claim that was public and was taken off; nothing else of it is disclosed."""

    status_code = status.HTTP_410_GONE

    def __init__(self, ref: str) -> None:
        super().__init__(_("%(ref)s was taken off the public pages.") % {"ref": ref}, "taken_off")
