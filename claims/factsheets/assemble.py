"""Filling a fact sheet from the database: which claims, in which sections, with which records."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Abs
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from claims.factsheets.rows import (
    VersionContext,
    sheet_claim,
    source_reference,
    source_standing,
    version_context,
)
from claims.factsheets.sheet import Section, Sheet
from claims.models import Entity, Topic, Version
from claims.querysets.versions import VersionQuerySet, is_number
from claims.readings.wording import entity_text
from claims.vocabulary import Status
from sources.domain.refusals import Refusal, quoted
from sources.models import Source
from sources.querysets.readers import Knowing, is_staff

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
    to = Knowing(None if is_public else reader)
    shown_ones = _shown(at, is_public=is_public)
    heading = ""
    if topic is not None:
        key, heading = _topic(topic, shown_ones)
        versions = _read(shown_ones.under_topic(key), reader, at, is_public=is_public)
        sections = _by_subject(versions, to)
    elif entity is not None:
        key, heading = _entity(entity, shown_ones, at, to)
        versions = _read(shown_ones.about(key), reader, at, is_public=is_public)
        sections = _by_topic(versions)
    else:
        wanted = _numbers(claims)
        found = _read(shown_ones.filter(claim__in=wanted), reader, at, is_public=is_public)
        versions = _in_order(wanted, found, shown_ones)
        sections = [("", versions)]
    context = version_context(
        versions, reader=reader, at=at, base_url=base_url, is_public=is_public
    )
    cited = _cited(versions, context)
    return Sheet(
        title=title or capfirst(heading) or _("Fact sheet"),
        language="en",
        generated_at=at,
        sections=tuple(
            Section(name, tuple(sheet_claim(version, context) for version in members))
            for name, members in sections
        ),
        references={key: source_reference(source, context) for key, source in cited.items()},
        standings={
            key: sentence
            for key, source in cited.items()
            if (sentence := source_standing(source, context))
        },
    )


def _shown(at: datetime, *, is_public: bool) -> VersionQuerySet:
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


def _read(found: VersionQuerySet, reader: Any, at: datetime, *, is_public: bool) -> list[Version]:
    """The versions with all that is shown of them: of each claim the published one and, for the
    desk, the latest other one after it. Raises SheetRefused for more than a sheet holds."""
    most = MAX_CLAIMS if is_staff(reader) else MAX_CLAIMS_FOR_THE_PUBLIC
    public_reader = None if is_public else reader
    wanted = found.order_by("claim_id", "number")[: most + 1]
    rows: list[Version] = wanted.read_in_full(public_reader, at)
    if len(rows) > most:
        raise SheetRefused(
            "too_many", f"A fact sheet made for you holds at most {most} claims. Choose fewer."
        )
    latest = {row.claim_id: row.pk for row in rows}
    return [row for row in rows if row.is_published(at) or latest[row.claim_id] == row.pk]


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


def _entity(wanted: str, versions: VersionQuerySet, at: datetime, to: Knowing) -> tuple[str, str]:
    """Key and label of an entity that claims to show are about. Raises SheetRefused."""
    known = Entity.objects.known_to(to.reader, at)
    chosen = known.select_related("source").filter(key=wanted).first()
    if chosen is not None and versions.about(wanted).exists():
        return chosen.key, entity_text(chosen, to=to)
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


def _in_order(wanted: list[int], found: list[Version], versions: VersionQuerySet) -> list[Version]:
    """The versions in the order of the list. Raises SheetRefused where a claim is not to show."""
    by_claim: dict[int, list[Version]] = defaultdict(list)
    for version in found:
        by_claim[version.claim_id].append(version)
    for number in wanted:
        if number not in by_claim:
            nearest = (
                versions.order_by(_distance(number), "claim_id")
                .values_list("claim_id", flat=True)
                .first()
            )
            hint = "There is none yet." if nearest is None else f"The nearest is C{nearest}."
            raise SheetRefused("unknown_claim", f"There is no claim C{number} to show. {hint}")
    return [version for number in wanted for version in by_claim[number]]


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


def _by_subject(versions: Sequence[Version], to: Knowing) -> list[tuple[str, list[Version]]]:
    """One section per entity that the claims are about; those about none come last."""
    found: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        found[entity_text(version.subject, to=to)].append(version)
    if len(found) == 1:
        return [("", list(versions))] if "" in found else list(found.items())
    rest = found.pop("", [])
    return [*found.items(), *([(_("Other claims"), rest)] if rest else [])]


def _by_topic(versions: Sequence[Version]) -> list[tuple[str, list[Version]]]:
    """One section per topic, a claim under the first of its topics by name."""
    found: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        names = sorted(topic.name for topic in version.claim.topics.all())
        found[names[0] if names else ""].append(version)
    rest = found.pop("", [])
    heading = _("Other claims") if found else ""
    return [*sorted(found.items()), *([(heading, rest)] if rest else [])]


def _cited(versions: Sequence[Version], context: VersionContext) -> dict[str, Source]:
    """The sources of all quotes, by the key that the quotes cite."""
    return {
        context.named.get(source.pk) or context.veiled[source.pk]: source
        for version in versions
        for piece in version.evidence.all()
        for source in [piece.excerpt.source]
    }
