"""Who may sign in to the API, and the refusal of whoever tries it in another way."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from sources.domain.refusals import quoted


class NoOtherAccounts(BaseAuthentication):
    """Refuses a request with an `Authorization` header, since no scheme is taken in it.

    It stands behind the ways of signing in that read one. Answering such a request as the public's
    would let a program with a mistyped token believe that it reads as the desk does.
    """

    def authenticate(self, request: Request) -> None:
        """Refuse the header; without one, leave the request to others. Raises AuthenticationFailed.

        Only the scheme is repeated, since what follows it is a secret.
        """
        sent = request.META.get("HTTP_AUTHORIZATION")
        if sent is None:
            return
        scheme = sent.split(" ", 1)[0] if " " in sent else ""
        raise AuthenticationFailed(
            _(
                "The Authorization header%(scheme)s is not understood, so nothing was answered. "
                "Accounts of the desk sign in at %(address)s and send the cookie; to read what is "
                "public, leave the header out."
            )
            % {
                "scheme": f" {quoted(scheme)}" if scheme else "",
                "address": reverse("admin:login"),
            },
            "authorization_not_understood",
        )

    def authenticate_header(self, request: Any) -> str:
        """The challenge of a 401: the cookie that a form gives (draft-broyer-http-cookie-auth)."""
        cookie, form = settings.SESSION_COOKIE_NAME, reverse("admin:login")
        return f'Cookie realm="factbase", form-action="{form}", cookie-name="{cookie}"'
