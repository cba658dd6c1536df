"""Check a query string: only parameters that the endpoint knows, each once, in clean text.

A misspelt parameter that is passed over answers another question than the one asked, so it is
refused, naming the nearest one that the endpoint knows.
"""

from collections.abc import Collection
from urllib.parse import unquote_to_bytes

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.request import Request

from sources.domain.query_values import nearest_words
from sources.domain.refusals import Refusal, quoted

# Where an address takes more parameters, a refusal lists the nearest ones alone.
MAX_LISTED = 16


class ParameterRefused(Refusal):
    """A parameter that the endpoint does not take. `parameter` is its name as it came."""

    def __init__(self, code: str, parameter: str, message: str) -> None:
        super().__init__(code, message)
        self.parameter = parameter


def check_parameters(
    request: Request, known: Collection[str], *, repeated: Collection[str] = ()
) -> None:
    """Refuse text that is no text, parameters nobody knows, and those that come twice or empty.

    `repeated` may come often. Raises ParameterRefused.
    """
    refuse_broken_text(request.META.get("QUERY_STRING", ""))
    check_fields(request.query_params, known, repeated=repeated)


def check_fields(
    sent: QueryDict, known: Collection[str], *, repeated: Collection[str] = ()
) -> None:
    """Refuse names nobody knows, and those that come twice or empty; `repeated` may come often.

    Raises ParameterRefused.
    """
    for name, values in sent.lists():
        if name not in known:
            raise ParameterRefused("unknown_parameter", name, _unknown(name, known))
        if len(values) > 1 and name not in repeated:
            raise ParameterRefused(
                "repeated_parameter",
                name,
                _("The parameter %(name)s comes %(times)d times. Give it once.")
                % {"name": quoted(name), "times": len(values)},
            )
        if "" in values:
            raise ParameterRefused(
                "empty_parameter",
                name,
                _("The parameter %(name)s is empty. Give it a value, or leave it out.")
                % {"name": quoted(name)},
            )


def _unknown(name: str, known: Collection[str]) -> str:
    refusal = _("There is no parameter %(name)s here.") % {"name": quoted(name)}
    if not known:
        return f"{refusal} " + _("This address takes none.")
    nearest = nearest_words(name[:60], known)
    listed = (
        _("Known are: %(names)s.") % {"names": ", ".join(sorted(known))}
        if len(known) <= MAX_LISTED
        else _("Others are: %(names)s …; the schema has all.")
        % {"names": ", ".join(nearest[1:MAX_LISTED])}
    )
    return " ".join(
        [refusal, _("The nearest one is %(nearest)s.") % {"nearest": quoted(nearest[0])}, listed]
    )


def refuse_broken_text(query: str) -> None:
    """Refuse a query string that is no UTF-8 or holds a NUL.

    Django reads broken UTF-8, lone surrogates among it, as U+FFFD: the bytes are looked at. Raises
    ParameterRefused.
    """
    data = unquote_to_bytes(query)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParameterRefused(
            "broken_text",
            "",
            _("The query string is not UTF-8 (a lone surrogate is not, either). Encode it anew."),
        ) from error
    if b"\x00" in data:
        raise ParameterRefused(
            "nul", "", _("The query string holds a NUL character. Leave it out.")
        )
