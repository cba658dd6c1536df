"""Filling a fact sheet from the database: which claims, in which sections, with which records."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Abs
from django.urls import reverse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from claims.factsheets.sheet import Section, Sheet, SheetClaim, cited_key
from claims.models import Entity, Topic, Version
from claims.querysets.versions import VersionQuerySet, is_number
from claims.readings.claims import ClaimReading, ConflictReading
from claims.readings.lines import line_of
from claims.readings.other_bases import HeldApart, read_with_others
from claims.readings.questions import QuestionReading, read_questions
from claims.vocabulary import Status
from sources.domain.refusals import Refusal, quoted
from sources.querysets.readers import is_staff
from sources.readings.citing import CitedRecord, cited_records, descriptor_record
from sources.readings.page_labels import printed_pages
from sources.readings.reader import Reader

# What pandoc cites within its time; the public, whose requests nobody counts, gets less at once.
MAX_CLAIMS = 500
MAX_CLAIMS_FOR_THE_PUBLIC = 150


class SheetRefused(Refusal):
    """A fact sheet of claims that are not there, or not for this reader."""


@dataclass(frozen=True)
class Operator:
    """Whoever runs a command on the server: reads what the desk reads."""

    is_authenticated: bool = True
    is_staff: bool = True
    pk: None = None


def assemble(
    *,
    topic: str | None = None,
    entity: str | None = None,
    claims: Sequence[str] = (),
    include_submitted: bool = False,
    reader: Any,
    at: datetime,
    base_url: str = "",
    title: str | None = None,
) -> Sheet:
    """The sheet of a topic's or an entity's claims, or of those in a list ("C17").

    Without `include_submitted` it is a public sheet, whoever reads it: published versions, and
    conflicts as the public sees them. With it, the desk's: what is submitted, or approved and not
    yet published, stands beside what is published, marked. Raises SheetRefused.
    """
    if [topic is not None, entity is not None, bool(claims)].count(True) != 1:
        raise SheetRefused(
            "selection", "A fact sheet is of a topic, of an entity or of claims; say one of them."
        )
    if include_submitted and not is_staff(reader):
        raise SheetRefused(
            "not_permitted",
            "What is not published yet is for the desk. Sign in, or leave submitted claims out.",
        )
    is_public = not include_submitted
    to = Reader(None if is_public else reader, at)
    shown_ones = shown_versions(at, is_public=is_public)
    heading = ""
    if topic is not None:
        key, heading = _topic(topic, shown_ones)
        found = read_found(shown_ones.under_topic(key), reader, to)
        sections = _by_subject(found.claims)
    elif entity is not None:
        key, heading = _entity(entity, shown_ones, to)
        found = read_found(shown_ones.about(key), reader, to)
        sections = _by_topic(found.claims)
    else:
        wanted = _numbers(claims)
        found = read_found(shown_ones.filter(claim__in=wanted), reader, to)
        sections = [("", _in_order(wanted, found.claims, shown_ones))]
    return Sheet(
        title=title or capfirst(heading) or _("Fact sheet"),
        language="en",
        generated_at=at,
        sections=tuple(
            Section(name, tuple(found.on_sheet(claim, base_url) for claim in members))
            for name, members in sections
        ),
        records=records_of(found.printed),
        pages=printed_pages(without_locator(found.printed)),
    )


@dataclass(frozen=True)
class Found:
    """The claims of a sheet with what is held apart from each, and all their conflicts."""

    claims: Sequence[ClaimReading]
    apart: Mapping[int, HeldApart[ClaimReading]]
    questions: Mapping[int, QuestionReading]

    @property
    def printed(self) -> list[ClaimReading]:
        """The claims, and those on the sides of their conflicts, whose notes cite sources too."""
        sides = (side for question in self.questions.values() for side in question.sides)
        held = (claim for side in sides for claim in side.claims)
        return list({claim.id: claim for claim in (*self.claims, *held)}.values())

    def on_sheet(self, claim: ClaimReading, base_url: str) -> SheetClaim:
        """The claim as the sheet holds it."""
        return SheetClaim(
            line=line_of(claim),
            url=base_url + reverse("claims:version", args=[claim.claim, claim.number]),
            questions=tuple(
                (
                    self.questions[one.record],
                    base_url + reverse("claims:conflict", args=[one.number]),
                )
                for one in _conflicts_of(claim)
                if one.record in self.questions
            ),
            others=tuple(line_of(other) for other in self.apart[claim.id].bases),
        )


def shown_versions(at: datetime, *, is_public: bool) -> VersionQuerySet:
    """Published versions; for staff also those submitted, or approved and to be published."""
    if is_public:
        return Version.objects.published(at)
    is_coming = Q(status=Status.APPROVED, taken_off_at__isnull=True) & (
        Q(published__isnull=True) | Q(published__startswith__gt=at)
    )
    return Version.objects.filter(
        Q(published__contains=at)
        | Q(claim__retracted_at__isnull=True) & (Q(status=Status.SUBMITTED) | is_coming)
    )


def read_found(found: VersionQuerySet, reader: Any, to: Reader) -> Found:
    """The claims: of each the published version and, for the desk, the latest other one after it.

    Raises SheetRefused for more than a sheet holds.
    """
    most = MAX_CLAIMS if is_staff(reader) else MAX_CLAIMS_FOR_THE_PUBLIC
    columns = ("pk", "claim_id", "published")
    rows = found.order_by("claim_id", "number").values_list(*columns)[: most + 1]
    if len(rows) > most:
        raise SheetRefused(
            "too_many", f"A fact sheet made for you holds at most {most} claims. Choose fewer."
        )
    latest = {claim: pk for pk, claim, _published in rows}
    kept = [
        pk
        for pk, claim, published in rows
        if latest[claim] == pk or (published is not None and to.at in published)
    ]
    claims, apart = read_with_others(kept, to)
    records = dict.fromkeys(one.record for claim in claims for one in _conflicts_of(claim))
    questions = read_questions(list(records), to)
    return Found(claims, apart, {one.conflict.record: one for one in questions})


def _conflicts_of(claim: ClaimReading) -> list[ConflictReading]:
    """The conflicts that it is party to, and those that ended for it by a removal."""
    return [*claim.conflicts, *(one.conflict for one in claim.former_conflicts)]


def _topic(wanted: str, versions: VersionQuerySet) -> tuple[str, str]:
    """Key and name of a topic that has claims to show. Raises SheetRefused."""
    names = dict(
        Topic.objects.filter(claims__versions__in=versions).distinct().values_list("key", "name")
    )
    key = wanted if wanted in names else slugify(wanted)
    if key not in names:
        raise SheetRefused(
            "unknown_topic",
            f"No claim to show is filed under the topic {quoted(wanted)}. {_nearest(key, names)}",
        )
    return key, names[key]


def _entity(wanted: str, versions: VersionQuerySet, to: Reader) -> tuple[str, str]:
    """Key and label of an entity that claims to show are about. Raises SheetRefused."""
    known = Entity.objects.known_to(to.account, to.at)
    chosen = known.filter(key=wanted).first()
    if chosen is not None and versions.about(wanted).exists():
        return chosen.key, chosen.label
    keys = (
        known.filter(
            Q(versions__in=versions)
            | Q(value_of__in=versions)
            | Q(assertions__version__in=versions)
        )
        .distinct()
        .values_list("key", flat=True)
    )
    raise SheetRefused(
        "unknown_entity",
        f"No claim to show is about the entity {quoted(wanted)}. {_nearest(wanted, keys)}",
    )


def _numbers(refs: Iterable[str]) -> list[int]:
    """The numbers of references such as C17, each once. Raises SheetRefused for what is none."""
    numbers: dict[int, None] = {}
    for written in refs:
        ref = written.strip()
        if not (ref[:1] in ("C", "c") and is_number(ref[1:])):
            raise SheetRefused(
                "unknown_reference", f"{quoted(ref)} is no reference of a claim. Write it as C17."
            )
        numbers[int(ref[1:])] = None
    return list(numbers)


def _in_order(
    wanted: list[int], found: Sequence[ClaimReading], versions: VersionQuerySet
) -> list[ClaimReading]:
    """The claims in the order of the list. Raises SheetRefused where one is not to show."""
    by_claim: dict[int, list[ClaimReading]] = defaultdict(list)
    for claim in found:
        by_claim[claim.claim].append(claim)
    for number in wanted:
        if number not in by_claim:
            nearest = (
                versions.order_by(_distance(number), "claim_id")
                .values_list("claim_id", flat=True)
                .first()
            )
            hint = "There is none yet." if nearest is None else f"The nearest is C{nearest}."
            raise SheetRefused("unknown_claim", f"There is no claim C{number} to show. {hint}")
    return [claim for number in wanted for claim in by_claim[number]]


def _distance(number: int) -> Any:
    """How far a claim's number is from another, for the database to sort by."""
    return Abs(F("claim_id") - number)


def _nearest(wanted: str, known: Iterable[str]) -> str:
    """A sentence with the nearest key that there is."""
    keys = sorted(known)
    if not keys:
        return "There is none yet."
    near = difflib.get_close_matches(wanted, keys, n=1, cutoff=0.5)
    if near:
        return f"The nearest is {quoted(near[0])}."
    listed = ", ".join(keys[:12])
    return f"There are: {listed}{', …' if len(keys) > 12 else ''}."


def _by_subject(claims: Sequence[ClaimReading]) -> list[tuple[str, list[ClaimReading]]]:
    """One section per entity that the claims are about; those about none come last."""
    found: dict[str, list[ClaimReading]] = defaultdict(list)
    for claim in claims:
        found[claim.subject.label if claim.subject else ""].append(claim)
    if len(found) == 1:
        return [("", list(claims))] if "" in found else list(found.items())
    rest = found.pop("", [])
    return [*found.items(), *([(_("Other claims"), rest)] if rest else [])]


def _by_topic(claims: Sequence[ClaimReading]) -> list[tuple[str, list[ClaimReading]]]:
    """One section per topic, a claim under the first of its topics by name."""
    found: dict[str, list[ClaimReading]] = defaultdict(list)
    for claim in claims:
        found[min((topic.name for topic in claim.topics), default="")].append(claim)
    rest = found.pop("", [])
    heading = _("Other claims") if found else ""
    return [*sorted(found.items()), *([(heading, rest)] if rest else [])]


def without_locator(claims: Sequence[ClaimReading]) -> list[int]:
    """The numbers of the excerpts whose place in their source nobody wrote down."""
    quotes = (piece.quote for claim in claims for piece in claim.evidence)
    return [quote.number for quote in quotes if quote.number is not None and not quote.locator]


def records_of(claims: Sequence[ClaimReading]) -> dict[str, CitedRecord]:
    """The records of the sources of all quotes, by the key that the quotes cite."""
    sources = {
        cited_key(piece.quote.source): piece.quote.source
        for claim in claims
        for piece in claim.evidence
    }
    veiled = {
        key: descriptor_record(source) for key, source in sources.items() if not source.is_known
    }
    return {**cited_records(sources.values()), **veiled}
