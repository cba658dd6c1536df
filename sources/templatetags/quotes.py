"""Template filters for quoted words, with a badge for each invisible character."""

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sources.domain.text.invisible import RUN, full_name, short_name

register = template.Library()


@register.filter
def as_quoted(words: str) -> SafeString:
    """Return the words with a badge at each invisible character, which stays where it is.

    The badge is drawn by the style sheet, so that copied words are the words. A direction mark
    stands in a <bdi> of its own and turns nothing around it. A page's end is shown as a line's.
    """
    words = words.replace("\f", "\n")
    shown, at = [], 0
    for run in RUN.finditer(words):
        shown.append(conditional_escape(words[at : run.start()]))
        shown.append(badge_of(run.group()))
        at = run.end()
    shown.append(escape(words[at:]))
    return mark_safe("".join(shown))  # noqa: S308 - every piece is escaped above


def badge_of(run: str) -> SafeString:
    """Return the badge of one invisible character, or of a run of the same."""
    times = f" ×{len(run)}" if len(run) > 1 else ""
    return format_html(
        '<bdi class="invisible" data-name="{}{}" title="{}{}">{}</bdi>',
        short_name(run[0]),
        times,
        full_name(run[0]),
        times,
        run,
    )
