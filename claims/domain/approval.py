"""The rule of approval: the evidence that a review may approve."""

from collections.abc import Sequence
from dataclasses import dataclass

from sources.domain.refusals import Refusal, quoted
from sources.domain.text_fields import has_visible_words
from sources.vocabulary import Grade, Standing

# A claim that rests on nothing but sources of these standings is approved with a note only.
ASKING_FOR_NOTE = frozenset(
    (Standing.CORRECTED, Standing.CONCERN, Standing.RETRACTED, Standing.WITHDRAWN)
)


class ApprovalRefused(Refusal):
    """Evidence that cannot be approved as it stands."""


@dataclass(frozen=True)
class Judged:
    """A piece of evidence with its grade, and what the reviewer found of it.

    `has_place` says whether a person chose among several places; `makes_claim` is None where
    the reviewer did not judge. `supports` tells a supporting quote from one that refutes the claim
    or gives context, which need not make it. `standing` is that of its source.
    """

    quote: str
    grade: Grade
    has_place: bool
    makes_claim: bool | None
    note: str
    supports: bool = True
    standing: Standing = Standing.CURRENT


def require_approvable(
    evidence: Sequence[Judged], *, note: str, has_other_ground: bool = False
) -> None:
    """Refuse to approve what the evidence does not carry.

    Verified quotes can be approved; words in several places once a place is chosen; words that
    were not located with a note, on the quote or on the review; others never. Supporting ones
    make the claim; all are judged. Nothing rests on words that were withheld: `quote` is empty.
    Where every supporting source was corrected, doubted or taken back, a note on the review or on
    one of their quotes says why the claim holds, unless it has another ground: premises, or a
    search for what is absent. Raises ApprovalRefused naming the quote.
    """
    for judged in evidence:
        if not judged.quote:
            raise ApprovalRefused(
                "withheld",
                "The words of a quote were withheld, so nobody can read them; ask for changes.",
            )
        quote = quoted(judged.quote)
        if judged.makes_claim is None:
            raise ApprovalRefused(
                "not_judged", f"Say of the quote {quote} whether it makes this claim."
            )
        if judged.supports and not judged.makes_claim:
            raise ApprovalRefused(
                "does_not_make_claim",
                f"The quote {quote} does not make this claim, as you found; ask for changes.",
            )
        if judged.grade == Grade.AMBIGUOUS and not judged.has_place:
            raise ApprovalRefused(
                "place_not_chosen", f"The quote {quote} stands in several places; choose one first."
            )
        if judged.grade == Grade.UNLOCATED and not (
            has_visible_words(judged.note) or has_visible_words(note)
        ):
            raise ApprovalRefused(
                "note_missing",
                f"The quote {quote} has no text to be found in; note how you checked it.",
            )
        if judged.grade in (Grade.DRIFTED, Grade.ELSEWHERE, Grade.MISSING):
            raise ApprovalRefused(
                "not_verified",
                f"The quote {quote} is not in the text ({judged.grade.label.lower()}); "
                "ask for changes.",
            )
    if not has_other_ground:
        _require_sound_source([judged for judged in evidence if judged.supports], note=note)


def _require_sound_source(supporting: Sequence[Judged], *, note: str) -> None:
    """Refuse, without a note, what only sources support that do not stand as published."""
    standings = [judged.standing for judged in supporting]
    notes = (note, *(judged.note for judged in supporting))
    if not standings or not ASKING_FOR_NOTE.issuperset(standings):
        return
    if not any(has_visible_words(each) for each in notes):
        kinds = " or ".join(dict.fromkeys(standing.predicate for standing in standings))
        raise ApprovalRefused(
            "note_missing",
            f"Every source that supports this claim is {kinds}; say in the note why it can be "
            "approved all the same.",
        )
