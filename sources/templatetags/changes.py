"""The differences between two wordings in a template, word by word."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sources.domain.text.changes import Piece
from sources.domain.text.invisible import full_name
from sources.domain.text.word_changes import word_changes
from sources.templatetags.quotes import as_quoted

register = template.Library()


@register.simple_tag(name="word_changes")
def marked_changes(before: str, after: str) -> SafeString:
    """Return both texts as one, what was removed in <del>, what was added in <ins>.

    Each is introduced by a word that only screen readers and copied text have. Characters that
    print nothing have a badge, and white space that alone is removed or added is named.
    """
    pieces = [_marked_up(piece) for piece in word_changes(before, after)]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _marked_up(piece: Piece) -> SafeString:
    """A piece as HTML."""
    words = as_quoted(piece.text)
    if piece.kind == "same":
        return words
    if piece.text.isspace():
        words = format_html('<span class="white-space">{}</span>{}', _space_name(piece), words)
    if piece.kind == "removed":
        return format_html(
            '<del><span class="visually-hidden">{} </span>{}</del>', _("[removed:]"), words
        )
    return format_html(
        '<ins><span class="visually-hidden">{} </span>{}</ins>', _("[added:]"), words
    )


def _space_name(piece: Piece) -> str:
    """The name of white space that stands alone."""
    if "\n" in piece.text:
        return _("line break")
    return _("space") if not piece.text.strip(" ") else full_name(piece.text.strip(" ")[0]).lower()
