"""The rules of approval: the evidence, and the search for what is absent, that may be approved."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.vocabulary import JudgementAnswer
from sources.domain.refusals import Refusal, quoted
from sources.domain.text_fields import has_visible_words
from sources.vocabulary import DoubtKind, Grade, Standing

# A claim that rests on nothing but sources of these standings is approved with a note only.
ASKING_FOR_NOTE = frozenset(
    (Standing.CORRECTED, Standing.CONCERN, Standing.RETRACTED, Standing.WITHDRAWN)
)

_NOT_IN_TEXT = frozenset((Grade.DRIFTED, Grade.MISSING))

# What is in doubt about a quote, and what the reviewer does about it.
_DOUBTFUL = {
    DoubtKind.GAP: "The quote {quote} leaves out {words}",
    DoubtKind.RAISED_FIGURE: "The figure {words} in the quote {quote} may be raised on the page",
    DoubtKind.LINE_END_HYPHEN: (
        "The hyphen at the end of a line, {words}, may belong to the word in the quote {quote}"
    ),
    DoubtKind.HIDDEN: "The page hides {words} of the quote {quote}",
    DoubtKind.GIBBERISH: "The letters of {words} in the quote {quote} cannot be read by machine",
}
_CONFIRM = dict.fromkeys(
    DoubtKind, "look at the page, and confirm that the quote says what the page says"
) | {DoubtKind.GAP: "read it, and confirm that the quote still says what the source says"}


class ApprovalRefused(Refusal):
    """Evidence that cannot be approved as it stands."""


class DoubtRefused(ApprovalRefused):
    """A doubt about a quote that the reviewer has not settled.

    `evidence` is the position of the quote among the evidence, from 0; `kind` and `number` are
    those of the doubt. `others` are the refusals of those that are not settled either.
    """

    others: Sequence["DoubtRefused"] = ()

    def __init__(
        self, code: str, message: str, *, evidence: int, kind: DoubtKind, number: int
    ) -> None:
        super().__init__(code, message)
        self.evidence, self.kind, self.number = evidence, kind, number


@dataclass(frozen=True)
class DoubtJudged:
    """A doubt about a quote at its place, and whether a reviewer confirmed it, now or before.

    `words` are those of the text there, as far as they were not withheld; `note` is what the
    reviewer says of it now. `is_settled` is whether it was confirmed before.
    """

    kind: DoubtKind
    number: int
    words: str
    needs_note: bool
    is_settled: bool
    is_confirmed: bool = False
    note: str = ""


@dataclass(frozen=True)
class Judged:
    """A piece of evidence with its grade, and what the reviewer found of it.

    `has_place` says whether a person chose among several places; `makes_claim` is None where
    the reviewer did not judge. `supports` tells a supporting quote from one that refutes the claim
    or gives context, which need not make it. `answer` is the one to the question of its stance;
    None where that was not asked. `standing` is that of its source. `doubts` are those
    about its place; `is_text_readable` is False where its text has unreadable letters, so that
    words may be on the page that nobody finds in the text.
    """

    quote: str
    grade: Grade
    has_place: bool
    makes_claim: bool | None
    note: str
    supports: bool = True
    answer: JudgementAnswer | None = None
    standing: Standing = Standing.CURRENT
    doubts: Sequence[DoubtJudged] = ()
    is_text_readable: bool = True

    @property
    def is_checked_by_hand(self) -> bool:
        """Whether only a person can tell if the source has the words: no text carries them."""
        if self.grade == Grade.UNLOCATED:
            return True
        return self.grade in _NOT_IN_TEXT and not self.is_text_readable


def require_approvable(
    evidence: Sequence[Judged], *, note: str, has_other_ground: bool = False
) -> None:
    """Refuse to approve what the evidence does not carry.

    Located quotes can be approved once each doubt about them is confirmed, those in several places
    once a place is chosen besides; words that were not located, or that stand in a text of
    unreadable letters, with a note, on the quote or on the review; others never. Supporting ones
    make the claim; of those that make a part of it, a note says which, and one alone is not enough.
    The others belong to it; all are judged. Nothing rests on words that were withheld: `quote` is
    empty. Where every supporting source was corrected, doubted or taken back, a note on the review
    or on one of their quotes says why the claim holds, unless it has another ground: premises, or
    a search for what is absent. Raises ApprovalRefused naming the quote, DoubtRefused
    naming the words in doubt besides.
    """
    unsettled: list[DoubtRefused] = []
    for position, judged in enumerate(evidence):
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
        _require_answered_well(judged, quote)
        if judged.grade == Grade.AMBIGUOUS and not judged.has_place:
            raise ApprovalRefused(
                "place_not_chosen", f"The quote {quote} stands in several places; choose one first."
            )
        if judged.is_checked_by_hand:
            _require_note_on_check(judged, note=note)
        elif judged.grade in _NOT_IN_TEXT or judged.grade == Grade.ELSEWHERE:
            raise ApprovalRefused(
                "not_verified",
                f"The quote {quote} is not in the text ({judged.grade.label.lower()}); "
                "ask for changes.",
            )
        unsettled += [
            refusal
            for doubt in judged.doubts
            if (refusal := _refusal_of(doubt, quote, position)) is not None
        ]
    if unsettled:
        unsettled[0].others = unsettled[1:]
        raise unsettled[0]
    if not has_other_ground:
        _require_whole_claim([judged for judged in evidence if judged.supports])
        _require_sound_source([judged for judged in evidence if judged.supports], note=note)


def _require_answered_well(judged: Judged, quote: str) -> None:
    """Refuse a quote that does not do for the claim what it is there for, as the reviewer found."""
    if judged.supports and not judged.makes_claim:
        if judged.answer is not JudgementAnswer.PARTLY:
            raise ApprovalRefused(
                "does_not_make_claim",
                f"The quote {quote} does not make this claim, as you found; ask for changes.",
            )
        if not has_visible_words(judged.note):
            raise ApprovalRefused(
                "part_not_named",
                f"The quote {quote} makes a part of this claim, as you found; say in the note "
                "beside it which part.",
            )
    elif judged.answer is JudgementAnswer.NO:
        raise ApprovalRefused(
            "does_not_belong",
            f"The quote {quote} does not belong to this claim as it is tied to it, as you found; "
            "ask for changes.",
        )


def _require_whole_claim(supporting: Sequence[Judged]) -> None:
    """Refuse a claim of which nothing but one quote makes a part."""
    if len(supporting) == 1 and not supporting[0].makes_claim:
        raise ApprovalRefused(
            "part_alone",
            f"The quote {quoted(supporting[0].quote)} makes a part of this claim, as you found, "
            "and no other quote makes the rest; ask for changes.",
        )


def _require_note_on_check(judged: Judged, *, note: str) -> None:
    """Refuse, without a note, words that only a person can compare with the source."""
    if has_visible_words(judged.note) or has_visible_words(note):
        return
    quote = quoted(judged.quote)
    if judged.grade == Grade.UNLOCATED:
        message = f"The quote {quote} has no text to be found in; note how you checked it."
    else:
        message = (
            f"The quote {quote} is of a text whose letters cannot be read; note how you compared "
            "it with the page."
        )
    raise ApprovalRefused("note_missing", message)


def _refusal_of(doubt: DoubtJudged, quote: str, position: int) -> DoubtRefused | None:
    """The refusal of a doubt that is not confirmed, or not with a note where one is needed."""
    if doubt.is_settled:
        return None
    if not doubt.is_confirmed:
        code, ask = "not_confirmed", _CONFIRM[doubt.kind]
    elif doubt.needs_note and not has_visible_words(doubt.note):
        code, ask = "doubt_note_missing", "say in the note beside it why the quote is right"
    else:
        return None
    words = quoted(" ".join(doubt.words.split()))
    message = f"{_DOUBTFUL[doubt.kind].format(quote=quote, words=words)}; {ask}."
    return DoubtRefused(code, message, evidence=position, kind=doubt.kind, number=doubt.number)


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


# How many of the words that wait for an answer a refusal names.
MAX_WORDS_NAMED = 5


@dataclass(frozen=True)
class SearchJudged:
    """The last search for what a version says is absent.

    `is_current` says that it was made, and of the texts that the documents have now. `unanswered`
    is how many places come close and wait for an answer; `words` are those there that the reviewer
    may read, each once.
    """

    is_current: bool
    unanswered: int = 0
    words: Sequence[str] = ()


def require_answered(search: SearchJudged) -> None:
    """Refuse to approve an absence before each place that comes close is judged.

    Raises ApprovalRefused, `near_miss_unanswered`, with the words.
    """
    if not search.is_current:
        raise ApprovalRefused(
            "near_miss_unanswered",
            "The documents have not been searched as they are now, so nobody has judged what comes "
            "close to the terms; search again, then decide.",
        )
    if not search.unanswered:
        return
    is_one = search.unanswered == 1
    places = "1 place comes" if is_one else f"{search.unanswered} places come"
    named = ", ".join(quoted(word) for word in search.words[:MAX_WORDS_NAMED])
    if len(search.words) > MAX_WORDS_NAMED:
        named += " and others"
    have = "has" if is_one else "have"
    raise ApprovalRefused(
        "near_miss_unanswered",
        f"{places} close to the terms and {have} not been judged"
        + (f": {named}. Say of each" if named else ", in a document that you may not read. Say")
        + " whether it is the same, and so belongs to the terms, or something else.",
    )


def require_assertion(*, is_asserted: bool, supporting: Sequence[Judged], note: str) -> None:
    """Refuse to approve an absence in somebody's name without their words or a note.

    `is_asserted` says that somebody else than the desk asserts it. That a search holds does not
    show that they said so. Raises ApprovalRefused.
    """
    if not is_asserted or any(judged.makes_claim for judged in supporting):
        return
    if not has_visible_words(note):
        raise ApprovalRefused(
            "note_missing",
            "Somebody is named who says that it is absent, and no quote has their words; quote "
            "them, or say in the note how you know that they say so.",
        )
