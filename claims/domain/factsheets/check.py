"""The check before issue: what blocks a fact sheet, and what asks for a note, each at its place.

The rules take facts about the claims as they are on record; where these come from, and the
sentences that people read, are in `claims.factsheets.checking`.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from claims.domain.factsheets.confidential_names import confidential_names
from claims.domain.factsheets.content import SheetContent
from claims.domain.factsheets.prose_numbers import Carried, loose_numbers
from claims.domain.factsheets.references import miswritten_references, prose_references
from claims.vocabulary import NoticeCode
from claims.vocabulary.factsheets import CheckCode
from sources.vocabulary import Grade

_MAX_WORDS = 100  # of a prose that are repeated in a finding

_OF_NOTICES = {
    NoticeCode.RETRACTED: CheckCode.CLAIM_RETRACTED,
    NoticeCode.DOES_NOT_STAND: CheckCode.DECIDED_AGAINST,
    NoticeCode.DISPUTED: CheckCode.OPEN_CONFLICT,
    NoticeCode.UNSUPPORTED: CheckCode.UNSUPPORTED,
    NoticeCode.PREMISE_GONE: CheckCode.PREMISE_GONE,
    NoticeCode.FOUND: CheckCode.ABSENCE_FOUND,
    NoticeCode.UNSEARCHED: CheckCode.ABSENCE_UNSEARCHED,
    NoticeCode.UNANSWERED: CheckCode.ABSENCE_UNANSWERED,
    NoticeCode.SEARCHED_IN_PART: CheckCode.ABSENCE_IN_PART,
    NoticeCode.FLAGGED: CheckCode.FLAGGED,
}
# Of which a claim may have several without a reference.
_BY_SENTENCE = (CheckCode.FLAGGED, CheckCode.SOURCE_CHANGED)


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing found by the check before issue, as people read it.

    `place` is such as "summary" or "section 2, prose", `words` what it is about there, `sentence`
    what is wrong, `next_step` what to do. One that `blocks` has to be mended; for any other a note
    is kept under its `key`, which stays the same while place and words do. `start` and `end` are
    where the words are in the text of the place, None where they are not in it.
    """

    code: CheckCode
    place: str
    words: str
    blocks: bool
    sentence: str
    next_step: str
    key: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A part of a fact sheet. `section` counts from 1, 0 outside of sections; `item` is the
    reference of a claim, or the number of a line of what is not known."""

    part: Literal["title", "summary", "heading", "prose", "claim", "unknown"]
    section: int = 0
    item: str = ""

    @property
    def slug(self) -> str:
        """The place in a key: "section-2-prose", "section-1-C17", "unknown-3"."""
        section = f"section-{self.section}" if self.section else "summary"
        match self.part:
            case "claim":
                return f"{section}-{self.item}"
            case "unknown":
                return f"unknown-{self.item}"
            case "heading" | "prose":
                return f"{section}-{self.part}"
            case _:
                return self.part


@dataclass(frozen=True, slots=True)
class Trouble:
    """A finding before it is put into words: `about` says what of a claim it is about; `sentence`
    is there where the notice of the claim has it."""

    code: CheckCode
    about: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class PlacedTrouble:
    """A trouble at its place; `start` and `end` are where its words are in the text there."""

    trouble: Trouble
    place: SheetPlace
    key: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A published claim as far as the check asks: the numbers it carries, and its troubles."""

    carried: Carried
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """All that the check knows besides the content.

    `claims` are those published, by reference; `unpublished` the references of others that exist;
    `queried` by section, from 1, what its saved query finds. `confidential` are names that no
    public text may have; `names` are those of entities, whose numbers are no figures.
    """

    claims: Mapping[str, CheckedClaim]
    unpublished: Collection[str] = ()
    queried: Mapping[int, Sequence[str]] = field(default_factory=dict)
    confidential: Collection[str] = ()
    names: Collection[str] = ()


def trouble_of_notice(code: NoticeCode, reference: str, sentence: str) -> Trouble | None:
    """The trouble that a notice of a claim makes; None of one that no issue waits for."""
    found = CheckCode.SOURCE_CHANGED if code.is_of_source else _OF_NOTICES.get(code)
    if found is None:
        return None
    about = reference or (sentence[:_MAX_WORDS] if found in _BY_SENTENCE else "")
    return Trouble(found, about, sentence)


def code_of_quote(grade: Grade, *, is_verified: bool, is_withheld: bool) -> CheckCode | None:
    """The trouble with a quote of that grade; None of one that is verified."""
    if is_withheld:
        return CheckCode.QUOTE_WITHHELD
    if grade == Grade.DRIFTED:
        return CheckCode.QUOTE_DRIFTED
    if grade in (Grade.MISSING, Grade.ELSEWHERE):
        return CheckCode.QUOTE_MISSING
    if grade == Grade.UNLOCATED:
        return CheckCode.QUOTE_NOT_LOCATED
    return None if is_verified else CheckCode.QUOTE_IN_DOUBT


def sheet_references(content: SheetContent, queried: Mapping[int, Sequence[str]]) -> list[str]:
    """Every reference of a fact sheet, each once: listed, found by a saved query, or in prose."""
    return list(dict.fromkeys(ref for ref, _place in _references(content, queried)))


def check_sheet(content: SheetContent, facts: CheckFacts) -> list[PlacedTrouble]:
    """Everything that is wrong with a fact sheet, what blocks first, else in the order of reading.

    A trouble of a claim is told once, where the claim comes first.
    """
    found = [
        *_of_references(content, facts),
        *_of_texts(content, facts),
        *_of_claims(content, facts),
    ]
    found.sort(key=lambda one: not one.trouble.code.blocks)
    return _with_distinct_keys(found)


def _texts(content: SheetContent) -> Iterator[tuple[SheetPlace, str, bool]]:
    """All texts of a fact sheet with their places, and whether they are prose that cites claims."""
    yield SheetPlace("title"), content.title, False
    yield SheetPlace("summary"), content.summary, True
    for number, section in enumerate(content.sections, 1):
        yield SheetPlace("heading", number), section.heading, False
        yield SheetPlace("prose", number), section.prose, True
    for number, line in enumerate(content.unknown, 1):
        yield SheetPlace("unknown", item=str(number)), line, True


def _references(
    content: SheetContent, queried: Mapping[int, Sequence[str]]
) -> Iterator[tuple[str, SheetPlace]]:
    """The references in the order of reading, each with the place at which a claim is told of."""
    for place, text, is_prose in _texts(content):
        if is_prose:
            for reference in prose_references(text):
                of_section = place.section if place.part == "prose" else 0
                yield reference.ref, SheetPlace("claim", of_section, reference.ref)
        if place.part == "prose":
            listed = content.sections[place.section - 1].claims
            for ref in (*listed, *queried.get(place.section, ())):
                yield ref, SheetPlace("claim", place.section, ref)


def _of_references(content: SheetContent, facts: CheckFacts) -> Iterator[PlacedTrouble]:
    """References that lead to no published claim."""
    for place, text, is_prose in _texts(content):
        if not is_prose:
            continue
        for one in prose_references(text):
            if (trouble := _of_reference(one.ref, facts)) is not None:
                yield _placed(trouble, place, one.start, one.end)
        for one in miswritten_references(text):
            trouble = Trouble(CheckCode.MISWRITTEN_REFERENCE, one.ref)
            yield _placed(trouble, place, one.start, one.end)
    for number, section in enumerate(content.sections, 1):
        for ref in section.claims:
            if (trouble := _of_reference(ref, facts)) is not None:
                yield _placed(trouble, SheetPlace("claim", number, ref))


def _of_reference(ref: str, facts: CheckFacts) -> Trouble | None:
    if ref in facts.claims:
        return None
    is_known = ref in facts.unpublished
    return Trouble(
        CheckCode.UNPUBLISHED_REFERENCE if is_known else CheckCode.UNKNOWN_REFERENCE, ref
    )


def _of_texts(content: SheetContent, facts: CheckFacts) -> Iterator[PlacedTrouble]:
    """Names that are confidential, and numbers that no claim carries."""
    carried = {ref: claim.carried for ref, claim in facts.claims.items()}
    names = [*facts.names, content.title]
    for place, text, is_prose in _texts(content):
        for start, end in confidential_names(text, facts.confidential):
            trouble = Trouble(CheckCode.CONFIDENTIAL_NAME, text[start:end])
            yield _placed(trouble, place, start, end)
        if not is_prose:
            continue
        for loose in loose_numbers(text, carried, language=content.language, names=names):
            code = CheckCode.LOOSE_DATE if loose.is_date else CheckCode.LOOSE_NUMBER
            yield _placed(Trouble(code, loose.words), place, loose.start, loose.end)


def _of_claims(content: SheetContent, facts: CheckFacts) -> Iterator[PlacedTrouble]:
    """Troubles of the claims."""
    places: dict[str, SheetPlace] = {}
    for ref, place in _references(content, facts.queried):
        places.setdefault(ref, place)
    for ref, place in places.items():
        if (claim := facts.claims.get(ref)) is not None:
            for trouble in claim.troubles:
                yield _placed(trouble, place)


def _placed(
    trouble: Trouble, place: SheetPlace, start: int | None = None, end: int | None = None
) -> PlacedTrouble:
    about = " ".join(trouble.about[:_MAX_WORDS].split())
    shortened = Trouble(trouble.code, about, trouble.sentence)
    return PlacedTrouble(shortened, place, f"{place.slug}:{trouble.code}:{about}", start, end)


def _with_distinct_keys(found: Sequence[PlacedTrouble]) -> list[PlacedTrouble]:
    """The same, the second of a key numbered, so that each has a note of its own."""
    seen: Counter[str] = Counter()
    numbered = []
    for one in found:
        seen[one.key] += 1
        key = one.key if seen[one.key] == 1 else f"{one.key}:{seen[one.key]}"
        numbered.append(PlacedTrouble(one.trouble, one.place, key, one.start, one.end))
    return numbered
