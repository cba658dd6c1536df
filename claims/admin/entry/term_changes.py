"""Changes of the terms in the form of a claim: one more, or one in another's place.

Nothing is saved by it: whoever reads the form sees the term, and saves it or does not.
"""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.admin.term_lines import line_of_term, term_of_line
from claims.domain.absence.terms import MAX_LENGTH

# The button, and the parameter in an address: ":sanction" adds, "0:China NOT …" is the first term.
CHANGE_TERM = "term"


def with_changed_term(
    request: HttpRequest, given: Mapping[str, str], lines: Sequence[str]
) -> list[str]:
    """The lines of the field with the term that was asked for, and a message that says so.

    Before a colon stands the number, from 0, of the term that it replaces, whose language stays;
    without a number it is one more. The lines as they are where nothing is asked for.
    """
    written = [line.strip() for line in lines if line.strip()]
    number, colon, term = given.get(CHANGE_TERM, "").partition(":")
    term = " ".join(term.split())[:MAX_LENGTH]
    if not colon or not term:
        return written
    is_number = number.isascii() and number.isdigit() and len(number) < 4
    if is_number and int(number) < len(written):
        _old, language = term_of_line(written[int(number)])
        written[int(number)] = line_of_term(term, language)
    elif term not in {term_of_line(line)[0] for line in written}:
        written.append(term)
    said = _("“%(term)s” stands among the terms below. Nothing is saved yet: read it, and save.")
    messages.info(request, said % {"term": term})
    return written
