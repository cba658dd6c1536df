"""Template filters for withheld quotes and captures."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sources.models import Capture, Withholding
from sources.templatetags.quotes import as_quoted

register = template.Library()


@register.filter
def excerpt_words(excerpt: object) -> SafeString:
    """Return the words of a quote with badges; where they are withheld, a notice with the day."""
    printed = str(getattr(excerpt, "printed", ""))
    if printed:
        return as_quoted(printed)
    at = Withholding.objects.words_withheld_at(excerpt)
    return SafeString("") if at is None else withheld_notice(f"{at:%Y-%m-%d}")


@register.filter
def withheld_on(capture: Capture) -> SafeString:
    """Return a notice with the day on which a capture's bytes were withheld; empty where kept."""
    at = Withholding.objects.bytes_withheld_at(capture)
    return SafeString("") if at is None else withheld_notice(f"{at:%Y-%m-%d}")


def withheld_notice(day: str) -> SafeString:
    """Return the notice in place of withheld words or bytes."""
    return format_html("<em>{}</em>", _("Withheld on %(day)s.") % {"day": day})
