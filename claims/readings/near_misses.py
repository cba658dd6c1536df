"""Near misses of a search as the desk reads them: by their words, with context and answers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from claims.domain.absence.offered_terms import same_term
from claims.models import AbsenceScope, Dismissal, Finding
from claims.readings.absences import MAX_TEXTS, may_read_places
from claims.readings.places_in_context import (
    LocationInContext,
    OpenedText,
    read_context_texts,
)
from claims.vocabulary import NearMiss
from sources.readings.reader import Reader

# How many places of the same words are shown in their context; the others are counted.
MAX_SAMPLES = 3


@dataclass(frozen=True)
class CloseWords:
    """The places with the same words that come close to a term, in all texts.

    `word` is their key. `places` are the first of them in context; `waiting` of all `count` have no
    answer. `answers` are the judgements that they are something else, `proposal` one of the same
    words in another text, which a person may apply here.
    """

    word: str
    why: NearMiss
    count: int
    documents: int
    waiting: int = 0
    places: Sequence[LocationInContext] = ()
    answers: Sequence[Dismissal] = ()
    proposal: Dismissal | None = None

    @property
    def words(self) -> str:
        """The words as the first place has them, in one line; empty where no text was read."""
        return " ".join(self.places[0].words.split()) if self.places else ""

    @property
    def term(self) -> str:
        """The term that finds these words, for whoever judges them to be the same."""
        return same_term(self.words) if self.words else ""

    @property
    def why_text(self) -> str:
        """Why the places are shown."""
        return _(self.why.label)

    @property
    def has_more(self) -> bool:
        """Whether more places have these words than are shown."""
        return self.count > len(self.places)


@dataclass(frozen=True)
class NearMissReading:
    """All near misses of a search, by what a person does about them.

    `asking` ask for an answer, whether they have one or not, those that wait first and the closest
    kind before others; `left_out` are those that NOT leaves out, `common` other common words, the
    most frequent first. `kept_back` places wait in texts that the reader may not read.
    """

    asking: Sequence[CloseWords] = ()
    left_out: Sequence[CloseWords] = ()
    common: Sequence[CloseWords] = ()
    kept_back: int = 0

    @property
    def waiting(self) -> int:
        """How many places wait for an answer, of those that the reader may read."""
        return sum(group.waiting for group in self.asking)

    def __bool__(self) -> bool:
        return bool(self.asking or self.left_out or self.common or self.kept_back)


NO_NEAR_MISSES = NearMissReading()


@dataclass
class _Group:
    """The places of one word, while they are gathered; those that ask for an answer apart."""

    word: str
    why: NearMiss
    rows: list[tuple[Finding, Mapping[str, Any]]] = field(default_factory=list)


def near_misses_for(
    findings: Sequence[Finding], scope: AbsenceScope, *, reader: Reader
) -> NearMissReading:
    """The near misses in these findings, as far as the reader may read their texts.

    The findings are those of the last run with their sources, or of a search that is not stored.
    One statement reads the texts, the first ones of very many.
    """
    readable = [one for one in findings if may_read_places(one.source, reader)]
    groups = _grouped(readable)
    answers = {
        stored["dismissal"]
        for group in groups
        for _finding, stored in group.rows
        if "dismissal" in stored
    }
    chosen = _to_read(groups)
    texts = read_context_texts(chosen, reader, dismissals=answers)
    opened = {one.layer_id or 0: texts.opened(one, scope) for one in chosen}
    proposals = _proposals(scope, {group.word for group in groups}, reader)
    shown = [_shown(group, opened, texts.dismissals, proposals) for group in groups]
    asking = [group for group in shown if group.why.needs_answer]
    others = [group for group in shown if not group.why.needs_answer]
    return NearMissReading(
        asking=sorted(asking, key=lambda one: (not one.waiting, _rank(one.why), -one.count)),
        left_out=_of_kind(others, NearMiss.LEFT_OUT),
        common=_of_kind(others, NearMiss.COMMON),
        kept_back=sum(one.unanswered or 0 for one in findings if one not in readable),
    )


def _grouped(findings: Iterable[Finding]) -> list[_Group]:
    """The near misses of these findings by their words; words on record without a key are left."""
    groups: dict[tuple[str, NearMiss | None], _Group] = {}
    for finding in findings:
        for stored in finding.near_misses:
            why, word = NearMiss(stored["why"]), stored.get("word")
            if word is None:
                continue
            key = (word, None if why.needs_answer else why)
            group = groups.setdefault(key, _Group(word, why))
            group.why = min(group.why, why, key=_rank)
            group.rows.append((finding, stored))
    return list(groups.values())


def _rank(why: NearMiss) -> int:
    """The place of a kind in the order in which they are listed."""
    return list(NearMiss).index(why)


def _of_kind(groups: Iterable[CloseWords], kind: NearMiss) -> list[CloseWords]:
    return sorted((one for one in groups if one.why == kind), key=lambda one: -one.count)


def _to_read(groups: Sequence[_Group]) -> list[Finding]:
    """The findings whose texts are read: so that each word has a place, as far as so many do."""
    words: dict[int, set[str]] = defaultdict(set)
    findings: dict[int, Finding] = {}
    for group in groups:
        for finding, _stored in group.rows:
            words[finding.layer_id or 0].add(group.word)
            findings.setdefault(finding.layer_id or 0, finding)
    chosen: list[Finding] = []
    while words and len(chosen) < MAX_TEXTS:
        layer = max(words, key=lambda one: (len(words[one]), -one))
        covered = words.pop(layer)
        if not covered and len(chosen) >= MAX_SAMPLES:
            break
        chosen.append(findings[layer])
        for others in words.values():
            others -= covered
    return chosen


def _proposals(scope: AbsenceScope, words: Collection[str], reader: Reader) -> dict[str, Dismissal]:
    """Earlier answers to the same words in other texts of the claim, by word, the latest first."""
    rows = Dismissal.objects.filter(
        finding__run__scope__version__claim=scope.version.claim_id, place__word__in=list(words)
    ).select_related("dismissed_by", "finding__source")
    found: dict[str, Dismissal] = {}
    for row in rows.order_by("-pk"):
        if reader.knows(row.finding.source):
            found.setdefault(row.place["word"], row)
    return found


def _shown(
    group: _Group,
    opened: Mapping[int, OpenedText | None],
    dismissals: Mapping[int, Dismissal],
    proposals: Mapping[str, Dismissal],
) -> CloseWords:
    """A group with its first places in context."""
    waiting = sum(_places(stored) for _finding, stored in group.rows if "dismissal" not in stored)
    numbers = {stored["dismissal"] for _finding, stored in group.rows if "dismissal" in stored}
    is_asking = group.why.needs_answer
    return CloseWords(
        word=group.word,
        why=group.why,
        count=sum(_places(stored) for _finding, stored in group.rows),
        documents=len({finding.source_id for finding, _stored in group.rows}),
        waiting=waiting if is_asking else 0,
        places=_in_context(group, opened),
        answers=_each_once([dismissals[number] for number in sorted(numbers)]),
        proposal=proposals.get(group.word) if waiting and is_asking else None,
    )


def _places(stored: Mapping[str, Any]) -> int:
    """How many places a near miss stands for: itself, and those of its words that follow it."""
    return 1 + int(stored.get("more", 0))


def _in_context(group: _Group, opened: Mapping[int, OpenedText | None]) -> list[LocationInContext]:
    """The first places of a group: those without an answer first, one of each text before more."""
    rows = sorted(group.rows, key=lambda row: "dismissal" in row[1])
    seen: dict[int, int] = defaultdict(int)
    ranked = []
    for finding, stored in rows:
        text = opened.get(finding.layer_id or 0)
        if text is not None:
            ranked.append((seen[text.layer.pk], text, stored))
            seen[text.layer.pk] += 1
    ranked.sort(key=lambda row: row[0])
    most = 1 if group.why == NearMiss.COMMON else MAX_SAMPLES
    return [text.place(stored) for _number, text, stored in ranked[:most]]


def _each_once(answers: Sequence[Dismissal]) -> list[Dismissal]:
    """Of answers that say the same of several places one."""
    kept = {(one.dismissed_by_id, one.dismissed_at, one.reason): one for one in answers}
    return list(kept.values())
