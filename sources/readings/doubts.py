"""Doubts about quotes as readers are told of them: gaps, raised figures, hidden words and the like.

Staff read all words but withheld ones, who confirmed a doubt, and when. The public is told of the
quotes of sources that it may know: which doubts a reviewer confirmed, and of what a quote leaves
out as much as the rights allow, the whole, or at most 300 characters of each quote. Withheld words
are blocks for everybody, hidden words for the public.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from sources.domain.grading.gaps import GapWarning, gap_warnings
from sources.domain.text.segments import Location, masked
from sources.models import Confirmation, Grading, TextLayer
from sources.readings.quotes import QuoteReading
from sources.readings.reader import Reader
from sources.readings.redacted_text import hidden_places
from sources.vocabulary import DoubtKind, GapWarningKind, Grade, Rights

# Code points of the text that are shown before and after a doubtful place.
NEAR = 60
# Code points of what a quote leaves out that the public reads, unless the rights allow the whole.
MOST_TOLD = 300

_PLACES = """
SELECT s.id, s.access, s.rights,
    substr(l.text, greatest(o.start - %(near)s, 0) + 1, least(o.start, %(near)s)),
    substr(l.text, o.start + 1, o.stop - o.start), substr(l.text, o.stop + 1, %(near)s)
FROM unnest(%(gradings)s::bigint[], %(starts)s::integer[], %(stops)s::integer[])
    WITH ORDINALITY AS o(grading, start, stop, number)
JOIN sources_grading g ON g.id = o.grading
JOIN sources_excerpt x ON x.id = g.excerpt_id
JOIN sources_source s ON s.id = x.source_id
JOIN sources_textlayer l ON l.id = g.layer_id
ORDER BY o.number
"""


@dataclass(frozen=True, slots=True)
class ConfirmationReading:
    """The person who confirmed a doubt, and when; told to the staff alone."""

    name: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class DoubtReading:
    """One doubt about a quote, as one reader may know it.

    `words` are those of the text there, `before` and `after` what stands beside them, for the
    staff. Words that are more than the rights allow are cut in the middle: `words` is the
    beginning, `words_at_end` the end, `not_told` counts the characters between the two.
    `needs_note` is whether a confirmation says why. `warnings`, `sha256` (of the words) and
    `confirmation` are for the staff.
    """

    kind: DoubtKind
    number: int
    is_confirmed: bool
    needs_note: bool
    words: str
    words_at_end: str = ""
    not_told: int = 0
    before: str = ""
    after: str = ""
    warnings: tuple[str, ...] = ()
    sha256: str = ""
    confirmation: ConfirmationReading | None = None

    @property
    def state(self) -> str:
        """Whether a reviewer confirmed the quote there, in a sentence."""
        if self.kind == DoubtKind.GAP:
            if self.is_confirmed:
                return _("What is left out was read and confirmed by a reviewer.")
            return _("What is left out was not confirmed by a reviewer yet.")
        if self.is_confirmed:
            return _("A reviewer looked at the place and confirmed the quote.")
        return _("The place was not confirmed by a reviewer yet.")

    @property
    def hyphen(self) -> str:
        """The hyphen of a doubtful line end, without the end of the line or of the page."""
        return self.words[:1]


def doubts_of_excerpts(
    excerpts: Collection[int], reader: Reader
) -> dict[int, tuple[DoubtReading, ...]]:
    """The doubts about the latest places of quotes, by the id of the quote; see `doubts_of`."""
    return doubts_of(_in_doubt(excerpts), reader)


def doubts_of(gradings: Iterable[Grading], reader: Reader) -> dict[int, tuple[DoubtReading, ...]]:
    """The doubts that these gradings keep, by the id of the quote.

    Nothing of sources that the reader may not know. Four statements at most, none where there is
    no doubt.
    """
    rows = [row for row in gradings if row.doubts and row.layer_id is not None]
    found: dict[int, list[DoubtReading]] = {}
    unread = _unread(rows, with_hidden=reader.is_staff)
    for place, confirmation in _confirmed_places(rows):
        if not reader.knows(place.source):
            continue
        doubts = found.setdefault(place.excerpt, [])
        told = _told_to_staff(place, unread[place.layer], confirmation)
        doubts.append(told if reader.is_staff else _told_to_public(told, place.source, doubts))
    return {excerpt: tuple(doubts) for excerpt, doubts in found.items()}


def doubts_on_record(excerpts: Collection[int]) -> dict[int, tuple[DoubtReading, ...]]:
    """The doubts about the latest places of quotes, whoever reads: for who decides on them.

    By the id of the quote, with all that the staff may know.
    """
    rows = [row for row in _in_doubt(excerpts) if row.layer_id is not None]
    found: dict[int, list[DoubtReading]] = {}
    unread = _unread(rows, with_hidden=True)
    for place, confirmation in _confirmed_places(rows):
        told = _told_to_staff(place, unread[place.layer], confirmation)
        found.setdefault(place.excerpt, []).append(told)
    return {excerpt: tuple(doubts) for excerpt, doubts in found.items()}


def _in_doubt(excerpts: Collection[int]) -> Iterable[Grading]:
    """The latest gradings of quotes of which something is in doubt."""
    return Grading.objects.filter(excerpt__in=list(excerpts)).newest().exclude(doubts=[])


def _unread(rows: Sequence[Grading], *, with_hidden: bool) -> dict[int, list[Location]]:
    """The places of the words that are told to nobody, or not to the public, by the text."""
    layers = {row.layer_id for row in rows if row.layer_id is not None}
    unread = Grading.objects.withheld_places(layers) if layers else {}
    if layers and not with_hidden:
        texts = TextLayer.objects.filter(pk__in=layers).exclude(doubts=[])
        for layer, doubts in texts.values_list("pk", "doubts"):
            unread[layer] += hidden_places(doubts)
    return unread


def _confirmed_places(
    rows: Sequence[Grading],
) -> Iterator[tuple["_Place", Confirmation | None]]:
    """The doubtful places of gradings, each with its confirmation."""
    if not rows:
        return
    excerpts = {row.excerpt_id for row in rows}
    confirmed = {
        (one.excerpt_id, one.kind, one.number, one.sha256): one
        for one in Confirmation.objects.filter(excerpt__in=excerpts).select_related("confirmed_by")
    }
    for place in _places(rows):
        yield place, confirmed.get(place.key)


def meaning_of(quote: QuoteReading) -> str:
    """The meaning of a quote's grade; of one in doubt, whether a reviewer confirmed it."""
    if quote.grade == Grade.ELIDED:
        if quote.is_verified:
            return _("What is left out was read and confirmed by a reviewer.")
        return _("Not confirmed yet: a reviewer reads what is left out.")
    if quote.grade.is_located and not quote.is_verified:
        return _("The place is in doubt, and not confirmed by a reviewer yet.")
    return _(quote.grade.meaning)


def grade_text(quote: QuoteReading) -> str:
    """The grade of a quote in words; of one in doubt, whether a reviewer confirmed it."""
    return graded_text(quote.grade, is_verified=quote.is_verified)


def graded_text(grade: Grade, *, is_verified: bool) -> str:
    """A grade in words; of a quote in doubt, whether a reviewer confirmed it."""
    if grade == Grade.ELIDED:
        if is_verified:
            return _("Shortened; what is left out was read and confirmed by a reviewer")
        return _("Shortened; not confirmed yet")
    if grade.is_located and not is_verified:
        return _("%(grade)s; at a place in doubt, not confirmed yet") % {"grade": _(grade.label)}
    return _(grade.label)


def warning_text(warning: GapWarning) -> str:
    """A warning about the words that a quote leaves out, in a sentence that says its reason."""
    if warning.kind == GapWarningKind.TURNS:
        words = ", ".join(f"“{each}”" for each in warning.words)
        return _("Leaves out %(words)s, which can turn the sense.") % {"words": words}
    return _(warning.kind.meaning)


@dataclass(frozen=True, slots=True)
class _Source:
    """The source of a quote, as far as it decides who may read what."""

    id: int
    access: str
    rights: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A doubtful place of a quote, with the words of the text there and beside it."""

    excerpt: int
    layer: int
    doubt: Mapping[str, Any]
    source: _Source
    before: str
    words: str
    after: str

    @property
    def kind(self) -> DoubtKind:
        return DoubtKind(self.doubt["kind"])

    @property
    def key(self) -> tuple[int, str, int, str]:
        """The key by which its confirmation is found."""
        return self.excerpt, self.doubt["kind"], self.doubt["number"], self.doubt["sha256"]

    def without(self, unread: Sequence[Location]) -> tuple[str, str, str]:
        """The words before, there and after, with blocks at these places of the text."""
        start = self.doubt["start"] - len(self.before)
        whole = self.before + self.words + self.after
        here = [
            (max(first - start, 0), min(last - start, len(whole)))
            for first, last in unread
            if last > start and first < start + len(whole)
        ]
        whole = masked(whole, here)
        at = len(self.before)
        to = at + len(self.words)
        return whole[:at], whole[at:to], whole[to:]


def _places(rows: Sequence[Grading]) -> list[_Place]:
    """The doubtful places of gradings; the database cuts the words out of their texts."""
    doubts = [(row, _within(row, doubt)) for row in rows for doubt in row.doubts]
    with connection.cursor() as cursor:
        cursor.execute(
            _PLACES,
            {
                "near": NEAR,
                "gradings": [row.pk for row, _doubt in doubts],
                "starts": [doubt["start"] for _row, doubt in doubts],
                "stops": [doubt["end"] for _row, doubt in doubts],
            },
        )
        found = cursor.fetchall()
    return [
        _Place(row.excerpt_id, row.layer_id or 0, doubt, _Source(*cut[:3]), *cut[3:])
        for (row, doubt), cut in zip(doubts, found, strict=True)
    ]


def _within(row: Grading, doubt: Mapping[str, Any]) -> Mapping[str, Any]:
    """A doubt at its place within the quote: unreadable letters may be those of a whole page."""
    if doubt["kind"] == DoubtKind.GAP or row.start is None or row.end is None:
        return doubt
    start, end = max(doubt["start"], row.start), min(doubt["end"], row.end)
    return {**doubt, "start": start, "end": end} if start < end else doubt


def _told_to_staff(
    place: _Place, unread: Sequence[Location], confirmation: Confirmation | None
) -> DoubtReading:
    """A doubt with all that the staff may know, which is all but the words `unread`."""
    before, words, after = place.without(unread)
    is_cut = len(before) == NEAR, len(after) == NEAR
    warnings: tuple[str, ...] = ()
    if place.kind == DoubtKind.GAP:
        at = len(before)
        found = gap_warnings(before + words + after, at, at + len(words))
        warnings = tuple(warning_text(one) for one in found)
    return DoubtReading(
        kind=place.kind,
        number=place.doubt["number"],
        is_confirmed=confirmation is not None,
        # Whoever confirms it cannot have read what was withheld.
        needs_note=place.doubt["needs_note"] or words != place.words,
        words=words,
        before=f"…{_from_a_word(before, 0)}" if is_cut[0] else before,
        after=f"{_until_a_word(after, NEAR)}…" if is_cut[1] else after,
        warnings=warnings,
        sha256=place.doubt["sha256"],
        confirmation=None
        if confirmation is None
        else ConfirmationReading(
            str(confirmation.confirmed_by), confirmation.confirmed_at, confirmation.note
        ),
    )


def _told_to_public(
    doubt: DoubtReading, source: _Source, others: Sequence[DoubtReading]
) -> DoubtReading:
    """A doubt without what only the staff is told; `others` are those of the quote before it."""
    told = replace(
        doubt, before="", after="", warnings=(), sha256="", confirmation=None, needs_note=False
    )
    if doubt.kind != DoubtKind.GAP:  # the words are those of the quote
        return replace(told, words="")
    if source.rights == Rights.WHOLE:
        return told
    left = MOST_TOLD - sum(len(one.words) + len(one.words_at_end) for one in others)
    if len(doubt.words) <= left:
        return told
    half = max(left, 0) // 2
    begin = _until_a_word(doubt.words, half)
    end = _from_a_word(doubt.words, len(doubt.words) - half)
    return replace(
        told,
        words=begin,
        words_at_end=end,
        not_told=len(doubt.words) - len(begin) - len(end),
    )


def _until_a_word(words: str, end: int) -> str:
    """The beginning of words, cut between two of them where there is a space."""
    return words[:end].rpartition(" ")[0] or words[:end]


def _from_a_word(words: str, start: int) -> str:
    """The end of words, cut between two of them where there is a space."""
    return words[start:].partition(" ")[2] or words[start:]
