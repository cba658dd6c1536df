"""A version as a fact sheet and a public page show it: rows turned into plain values.

Of a confidential source they show its public descriptor, and neither its name, nor its words, nor
an address or a date. Who may know a source is decided in `sources/querysets/readers.py`; the API
and the desk show the descriptor to everybody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.domain.support import Support
from claims.factsheets.sheet import SheetClaim, SheetConflict, SheetEvidence, SheetPosition
from claims.models import Evidence, Flag, Premise, Version
from claims.readings.absences import SearchState, absence_text, hits_text, search_states_of
from claims.readings.decisions import Decided, decision_text, decisions_of
from claims.readings.other_bases import on_another_basis, other_basis_text
from claims.readings.positions import (
    Parties,
    positions,
    public_parties,
    question_of,
    staff_parties,
    version_text,
)
from claims.readings.reasons import reason_of
from claims.readings.support import support_of, support_text
from claims.readings.wording import asserter_text, date_text, translation_note, value_text
from claims.vocabulary import (
    Audience,
    ConflictKind,
    ConflictStatus,
    FlagKind,
    Stance,
    Status,
    Strength,
)
from sources.models import Capture, Source, Withholding
from sources.querysets.readers import Knowing
from sources.readings.standing import standing_of
from sources.vocabulary import Grade


@dataclass(frozen=True)
class VersionContext:
    """Context of some versions, read once for all of them.

    `named` are the keys of the sources that may be named, by id; `veiled` those of the others, a
    number each, so that a speaking key gives nothing away. `to` is what the reader may know;
    `support` has what supports each version, `on_another_basis` the versions on another basis
    that differ from it, `search_states` the state of the search for each absence, by version id;
    `hits` where it was found what a party to a conflict says is absent, by that version's id.
    """

    is_public: bool
    to: Knowing
    at: datetime
    base_url: str
    named: Mapping[int, str]
    veiled: Mapping[int, str]
    captures: Mapping[int, Capture]
    parties: Parties
    decided: Mapping[int, Decided]
    flags: Mapping[int, tuple[str, ...]]
    support: Mapping[int, Support]
    on_another_basis: Mapping[int, Sequence[Version]]
    search_states: Mapping[int, SearchState]
    hits: Mapping[int, str]


def version_context(
    versions: Sequence[Version],
    *,
    reader: Any,
    at: datetime,
    base_url: str = "",
    is_public: bool = True,
    with_conflicts: bool = True,
) -> VersionContext:
    """All that the versions are shown with, in a constant number of queries.

    The versions were read with `in_full` for the same kind of reader.
    """
    sources = {
        piece.excerpt.source_id: piece.excerpt.source
        for version in versions
        for piece in version.evidence.all()
    }
    to = Knowing(None if is_public else reader)
    named = {pk: source.key for pk, source in sources.items() if to.knows(source)}
    unnamed = sorted(set(sources) - set(named))
    conflicts = {
        membership.conflict_id: membership.conflict
        for version in versions
        for membership in conflict_memberships(version, is_public=is_public)
    }
    parties = Parties({})
    if conflicts and with_conflicts:
        parties = (
            public_parties(conflicts, at) if is_public else staff_parties(conflicts, reader, at)
        )
    said_absent = [
        version
        for pk, versions in parties.versions.items()
        if conflicts[pk].kind == ConflictKind.ABSENCE
        for version in versions
    ]
    return VersionContext(
        is_public=is_public,
        to=to,
        at=at,
        base_url=base_url,
        named=named,
        veiled={pk: f"confidential-{n}" for n, pk in enumerate(unnamed, start=1)},
        captures=_captures(named),
        parties=parties,
        decided=decisions_of(conflicts, Audience.PUBLIC if is_public else Audience.STAFF, at)
        if with_conflicts
        else {},
        flags={} if is_public else _flags(versions),
        support=support_of(versions, to=to),
        on_another_basis=on_another_basis(versions, reader=reader, at=at, is_public=is_public),
        search_states=search_states_of(versions),
        hits=hits_text(search_states_of(said_absent), to=to),
    )


def sheet_claim(version: Version, context: VersionContext) -> SheetClaim:
    """The version with its evidence and conflicts."""
    status, label = status_of(version, context.at)
    dated, is_from_source = asserted_on(version, context)
    return SheetClaim(
        ref=version.claim.ref,
        version=version.ref,
        url=context.base_url + reverse("claims:version", args=[version.claim_id, version.number]),
        statement=version.statement,
        language=version.language,
        status=status,
        status_label=label,
        is_published=version.is_published(context.at),
        mode=version.mode,
        asserter=asserter_text(version.asserters.all(), to=context.to),
        value=value_text(version, to=context.to),
        as_written=version.as_written,
        period=date_text(version.period),
        search=absence_text(context.search_states.get(version.pk)),
        rests_on=rests_on_text(version, context),
        asserted_on=dated,
        is_asserted_on_from_source=is_from_source,
        evidence=tuple(sheet_evidence(piece, context) for piece in version.evidence.all()),
        support=support_text(context.support[version.pk]),
        on_another_basis=tuple(
            SheetPosition(text=other_basis_text(other, to=context.to), claims=(other.claim.ref,))
            for other in context.on_another_basis.get(version.pk, ())
        ),
        conflicts=tuple(
            sheet_conflict(membership.conflict, context)
            for membership in conflict_memberships(version, is_public=context.is_public)
        ),
        flags=context.flags.get(version.claim_id, ()),
        retraction_reason=version.claim.retracted_reason or "",
    )


def sheet_evidence(piece: Evidence, context: VersionContext) -> SheetEvidence:
    """A quote with its source; of a confidential one only that it is there, and its grade.

    Where the words were withheld, the day stands in their place, and no grade vouches for them.
    """
    excerpt = piece.excerpt
    grade = Grade(excerpt.grade)
    withheld_at = Withholding.objects.words_withheld_at(excerpt)
    if excerpt.source_id not in context.named:
        return SheetEvidence(
            stance=piece.stance,
            quote=_("[words of a confidential source, not shown]"),
            grade=grade,
            grade_label=_(grade.label),
            source_key=context.veiled[excerpt.source_id],
        )
    capture = context.captures.get(excerpt.source_id)
    return SheetEvidence(
        stance=piece.stance,
        quote=words_or_tombstone(excerpt.exact, withheld_at),
        grade="withheld" if withheld_at else grade,
        grade_label=_("Withheld") if withheld_at else _(grade.label),
        source_key=context.named[excerpt.source_id],
        locator=excerpt.locator,
        page=_page_label(excerpt.page, capture),
        language=excerpt.language or excerpt.source.language,
        translation=excerpt.translation,
        translation_note=translation_note(excerpt.translated_by, excerpt.translation_method)
        if excerpt.translation
        else "",
        original_url=excerpt.source.url,
        archived_url=capture.archive_url if capture else "",
        captured_on=capture.captured_at.date() if capture else None,
    )


def words_or_tombstone(words: str, withheld_at: datetime | None) -> str:
    """The words of a quote, or on which day they were withheld."""
    if withheld_at is None:
        return words
    return _("[words withheld on %(day)s]") % {"day": f"{withheld_at:%Y-%m-%d}"}


def sheet_conflict(conflict: Any, context: VersionContext) -> SheetConflict:
    """A conflict with its sides, those included that are not on the sheet."""
    parties = context.parties.versions.get(conflict.pk, ())
    kind, status = ConflictKind(conflict.kind), ConflictStatus(conflict.status)
    number = conflict.number if context.is_public else conflict.pk
    sides = [
        SheetPosition(text=text, claims=(version.claim.ref,))
        for position in positions(kind, parties, to=context.to)
        for version in position.versions
        for text in [_position_text(position.value, position.period, version, context)]
    ]
    if kind == ConflictKind.STANCE:
        sides = [side for version in parties for side in _stances(version, context)]
    if kind == ConflictKind.ABSENCE:
        sides += [
            SheetPosition(text=context.hits[version.pk], claims=(version.claim.ref,))
            for version in parties
            if version.pk in context.hits
        ]
    return SheetConflict(
        ref=conflict.ref,
        url=context.base_url + reverse("claims:conflict", args=[number]),
        kind_label=_(kind.label),
        strength_label=_(Strength(conflict.strength).label),
        status=status,
        status_label=_(status.label),
        question=question_of(conflict, parties, to=context.to),
        reason=reason_of(conflict, parties, to=context.to),
        decision=_decision(context.decided.get(conflict.pk)),
        positions=tuple(sides),
    )


def conflict_memberships(version: Version, *, is_public: bool) -> list[Any]:
    """The open memberships in conflicts, as `in_full` read them."""
    if is_public:
        return list(version.open_memberships)  # type: ignore[attr-defined] # by in_full
    held: list[Any] = version.claim.open_memberships  # type: ignore[attr-defined] # by in_full
    return [membership for membership in held if version.pk in membership.versions]


def is_disputed(version: Version) -> bool:
    """Whether the public sees a published version in dispute."""
    return any(
        ConflictStatus(membership.conflict.status).disputes
        for membership in conflict_memberships(version, is_public=True)
    )


def status_of(version: Version, at: datetime) -> tuple[str, str]:
    """The status for readers, and its label: published, retracted, or that of the review."""
    if version.claim.is_retracted:
        return "retracted", _("Retracted")
    if version.is_published(at):
        return "published", _("Published")
    return version.status, _(Status(version.status).label)


def asserted_on(version: Version, context: VersionContext) -> tuple[str, bool]:
    """When it was said; where nobody typed it, the earliest date of the supporting sources."""
    if version.asserted_on:
        return date_text(version.asserted_on), False
    dated: list[tuple[date, str]] = [
        (source.issued_days.lower, source.issued)
        for piece in version.evidence.all()
        for source in [piece.excerpt.source]
        if piece.stance == Stance.SUPPORTS
        and source.pk in context.named
        and source.issued_days is not None
        and source.issued_days.lower is not None
    ]
    return (date_text(min(dated)[1]), True) if dated else ("", False)


def source_reference(source: Source, context: VersionContext) -> dict[str, Any]:
    """The CSL-JSON item of a source, or of its descriptor."""
    if source.pk in context.named:
        return dict(source.csl)
    return {"type": "document", "title": source.public_descriptor}


def source_standing(source: Source, context: VersionContext) -> str:
    """Return in a sentence that a source does not stand as published; empty where it does."""
    standing = standing_of(source, is_known=source.pk in context.named)
    return standing.sentence if standing else ""


def rests_on_text(version: Version, context: VersionContext) -> str:
    """The premises of a version with the formula; those that readers do not see are counted."""
    premises = list(version.premises.all())
    if not premises:
        return ""
    shown = [one for one in premises if not context.is_public or is_public_premise(one, context.at)]
    named = [one.rests_on.ref for one in shown]
    if len(shown) < len(premises):
        named.append(_("a claim that is no longer public"))
        return _("Rests on %(refs)s") % {"refs": ", ".join(named)}
    formula = next((one.formula for one in premises if one.formula), "")
    words = {"refs": ", ".join(named), "formula": formula}
    return (_("Computed from %(refs)s: %(formula)s") if formula else _("Rests on %(refs)s")) % words


def is_public_premise(premise: Premise, at: datetime) -> bool:
    """Whether readers see or saw the version that a claim rests on."""
    rests_on = premise.rests_on
    published = rests_on.published
    return rests_on.taken_off_at is None and published is not None and published.lower <= at


def _decision(decided: Decided | None) -> str:
    """The last decision and, for staff, its note."""
    text = decision_text(decided)
    return f"{text} {decided.note}" if decided and decided.note else text


def _position_text(value: str, period: str, version: Version, context: VersionContext) -> str:
    """A side of a conflict in one line: value, period, who says it, and in which words."""
    words = version_text(version, to=context.to)
    if not version.is_published(context.at):
        words = f"{words} [{status_of(version, context.at)[1]}]"
    held = f"{value} ({period})" if value and period else value
    return f"{held} — {words}" if held else words


def _stances(version: Version, context: VersionContext) -> list[SheetPosition]:
    """The two sides of a claim whose own evidence disagrees: its quotes, by stance."""
    sides = []
    for piece in version.evidence.all():
        if piece.stance == Stance.CONTEXT:
            continue
        source = piece.excerpt.source
        is_named = context.to.knows(source)
        title = source.title if is_named else source.public_descriptor
        words = f"{_(Stance(piece.stance).label)}: {title}"
        if is_named:
            withheld_at = Withholding.objects.words_withheld_at(piece.excerpt)
            quote = words_or_tombstone(piece.excerpt.exact, withheld_at)
            words = f"{_(Stance(piece.stance).label)}: “{quote}” ({title})"
        sides.append(SheetPosition(text=words, claims=(version.claim.ref,)))
    return sides


def _captures(named: Mapping[int, str]) -> dict[int, Capture]:
    """The latest capture of each source."""
    rows = (
        Capture.objects.filter(source__in=list(named))
        .order_by("source_id", "-captured_at", "-pk")
        .distinct("source_id")
    )
    return {capture.source_id: capture for capture in rows}


def _flags(versions: Sequence[Version]) -> dict[int, tuple[str, ...]]:
    """The open flags of the claims, in words."""
    found: dict[int, tuple[str, ...]] = {}
    claims = {version.claim_id for version in versions}
    for flag in Flag.objects.filter(claim__in=claims, closed_at__isnull=True).order_by("pk"):
        label = _(FlagKind(flag.kind).label)
        found[flag.claim_id] = (*found.get(flag.claim_id, ()), label)
    return found


def _page_label(page: int | None, capture: Capture | None) -> str:
    """The printed number of a page, where it is known."""
    if page is None or capture is None or capture.page_label_offset is None:
        return ""
    return str(page + capture.page_label_offset)
