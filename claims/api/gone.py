"""What to say of a claim that an editor took off the public pages."""

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException


class TakenOff(APIException):
    """The public saw the claim once, and does not any more: that is all it learns."""

    status_code = status.HTTP_410_GONE

    def __init__(self, ref: str) -> None:
        super().__init__(_("%(ref)s was taken off the public pages.") % {"ref": ref}, "taken_off")
