"""How the desk shows what was withheld: a quote without words, a capture without bytes."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sources.models import Capture, Withholding
from sources.templatetags.quotes import as_quoted

register = template.Library()


@register.filter
def words_of(excerpt: object) -> SafeString:
    """The words of a quote with what prints nothing named; where withheld, the day on which."""
    exact = str(getattr(excerpt, "exact", ""))
    if exact:
        return as_quoted(exact)
    at = Withholding.objects.words_gone_at(excerpt)
    return SafeString("") if at is None else tombstone(f"{at:%Y-%m-%d}")


@register.filter
def gone_on(capture: Capture) -> SafeString:
    """On which day the bytes of a capture were withheld; empty where they are kept.

    A capture that has a file name or an address is not asked for: these go with the bytes.
    """
    if capture.file_name or capture.fetched_from:
        return SafeString("")
    at = Withholding.objects.emptied_at(capture.blob)
    return SafeString("") if at is None else tombstone(f"{at:%Y-%m-%d}")


def tombstone(day: str) -> SafeString:
    """What stands where something stood."""
    return format_html("<em>{}</em>", _("Withheld on %(day)s.") % {"day": day})
