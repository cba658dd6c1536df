"""The bases on which values of a property are comparable, and which of them a claim names.

Nominal or real, gross or net, one institution's count or all: figures on two bases answer two
questions. A property may list its bases; then a claim names one of them or none ("not said"), and
in whatever spelling it is typed, the list's own is kept, so that one basis is one question.
"""

import difflib
import unicodedata
from collections.abc import Iterable, Sequence

from claims.domain.text_limits import clean_words
from sources.domain.refusals import Refusal, quoted

MAX_BASIS = 120


class BasisRefused(Refusal):
    """A basis that the property does not know. `code`: unknown_basis."""


def read_basis(typed: str, *, known: Sequence[str], of: str) -> str:
    """The basis in the spelling of the property's list; without a list, as typed.

    White space counts as one space, and the case of letters not, where there is a list. `of` is
    the key of the property. Raises BasisRefused naming the nearest and all, WordsRefused.
    """
    basis = _clean(typed)
    if not basis or not known:
        return basis
    spelled = {_folded(one): one for one in known}
    if _folded(basis) in spelled:
        return spelled[_folded(basis)]
    near = difflib.get_close_matches(_folded(basis), spelled, n=1)
    hint = f" Did you mean {quoted(spelled[near[0]])}?" if near else ""
    raise BasisRefused(
        "unknown_basis",
        f"{quoted(basis)} is no basis of {of}.{hint} Known are: {', '.join(known)}. Leave it empty "
        "where the source does not say; an editor can add to the list.",
    )


def clean_bases(bases: Iterable[str]) -> list[str]:
    """A list of bases for a property, each once in its first spelling. Raises WordsRefused."""
    spelled: dict[str, str] = {}
    for one in bases:
        basis = _clean(one, required=True)
        spelled.setdefault(_folded(basis), basis)
    return list(spelled.values())


def _clean(typed: str, *, required: bool = False) -> str:
    """The words in NFC, runs of white space as one space."""
    words = clean_words(typed, name="basis", limit=MAX_BASIS, required=required)
    return " ".join(words.split())


def _folded(basis: str) -> str:
    """The form that all spellings of one basis share."""
    return unicodedata.normalize("NFC", basis.casefold())
