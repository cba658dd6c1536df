"""Reasons why an edition no longer stands as issued, in sentences, for one reader."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from claims.domain.factsheets.changes import SourceStanding
from claims.models import Edition, PublicConflict
from claims.querysets.editions import (
    ChangedSource,
    ChangedVersion,
    ClosedEdition,
    LiveConflict,
    changed_sources,
    changed_versions,
    closed_editions,
    flags_on_editions,
)
from claims.readings.decisions import Decided, decision_text, decisions_of
from claims.readings.edition_contents import conflicts_in, standings_in
from claims.readings.edition_supports import lost_supports
from claims.readings.wording import day_text
from claims.vocabulary import Audience, ConflictStatus, FlagKind
from claims.vocabulary.factsheets import EditionReasonCode
from sources.readings.reader import Reader
from sources.readings.standing import read_standing
from sources.vocabulary import Standing


class EditionReason(msgspec.Struct, frozen=True, gc=False):
    """One reason. `reference` is what it is about: a claim (C17), a conflict (K5), the key of a
    source, the number of an edition; empty of the edition itself and of what is not to be named.
    """

    code: EditionReasonCode
    sentence: str
    reference: str = ""


_AS_PUBLISHED = SourceStanding(Standing.CURRENT)
# A person decided, and the claims are no longer disputed.
_SETTLED = (ConflictStatus.RESOLVED, ConflictStatus.RECONCILED)
_GRAVITY = {code: place for place, code in enumerate(EditionReasonCode)}


def reasons_of(editions: Sequence[Any], reader: Reader) -> Mapping[int, list[EditionReason]]:
    """Return what changed under each edition since it was issued, by its id, the gravest first.

    Six statements for the public, eight for the staff, one for decisions on conflicts, and those of
    `read_claims` where claims rest on others or on a search.
    """
    ids = [row.pk for row in editions]
    found: dict[int, list[EditionReason]] = defaultdict(list)
    for changed in changed_versions(ids, reader.at):
        found[changed.edition] += _of_version(changed)
    for closed in closed_editions(ids):
        found[closed.edition].append(_of_closed(closed))
    for lost in lost_supports(editions, reader):
        words = {"ref": lost.ref, "sentence": lost.sentence}
        sentence = _("%(ref)s: %(sentence)s") % words
        reason = EditionReason(EditionReasonCode.SUPPORT_LOST, sentence, lost.ref)
        found[lost.edition].append(reason)
    standings = {row.pk: standings_in(row.manifest) for row in editions}
    marked = {
        key
        for one in standings.values()
        for key, was in one.items()
        if was.code != Standing.CURRENT
    }
    for source in changed_sources(ids, marked):
        found[source.edition] += _of_source(source, standings[source.edition], reader)
    for edition, reason in _of_conflicts(editions, reader):
        found[edition].append(reason)
    if reader.is_staff:
        for flag in flags_on_editions(ids):
            why = flag.cause or _(FlagKind(flag.kind).label)
            words = {"ref": f"C{flag.claim}", "why": why}
            sentence = _("%(ref)s is to be looked at again: %(why)s") % words
            found[flag.edition].append(
                EditionReason(EditionReasonCode.FLAGGED, sentence, f"C{flag.claim}")
            )
    return defaultdict(
        list,
        {
            edition: sorted(_each_once(reasons), key=lambda one: _GRAVITY[one.code])
            for edition, reasons in found.items()
        },
    )


def _each_once(reasons: Sequence[EditionReason]) -> list[EditionReason]:
    """The reasons without repeats; a conflict is told once, as the public sees it."""
    kept: dict[tuple[str, ...], EditionReason] = {}
    for one in reasons:
        is_conflict = one.code == EditionReasonCode.CONFLICT
        kept.setdefault((one.code, one.reference if is_conflict else one.sentence), one)
    return list(kept.values())


def _of_conflicts(editions: Sequence[Any], reader: Reader) -> Iterator[tuple[int, EditionReason]]:
    """Of the conflicts by now, as the reader may know them, each with the edition it is of.

    The staff are told of the public ones besides their own: what a reader sees, they see too.
    """
    rows = Edition.objects.filter(pk__in=[row.pk for row in editions])
    shown = {row.pk: conflicts_in(row.manifest) for row in editions}
    live = rows.public_conflicts(reader.at)
    missing = {
        (edition, number)
        for edition, conflicts in shown.items()
        for number in conflicts.keys() - {one.number for one in live if one.edition == edition}
    }
    if missing:
        numbers = {number for _edition, number in missing}
        others = PublicConflict.objects.live(reader.at).filter(number__in=numbers)
        by_number = {row.number: row for row in others}
        for edition, number in sorted(missing):
            if row := by_number.get(number):
                live.append(LiveConflict(edition, row.pk, number, row.status))
            elif shown[edition][number].disputes:
                yield edition, _of_former_conflict(number)
    issued = {row.pk: row.issued_at for row in editions}
    found = [(Audience.PUBLIC, live)]
    if reader.is_staff:
        found.append((Audience.STAFF, rows.staff_conflicts()))
    for audience, conflicts in found:
        settled = {one.id for one in conflicts if one.status in _SETTLED}
        decided = decisions_of(settled, audience, reader.at) if settled else {}
        for one in conflicts:
            was = shown[one.edition].get(one.number)
            for reason in _of_conflict(one, was, decided.get(one.id), issued[one.edition]):
                yield one.edition, reason


def _of_version(changed: ChangedVersion) -> Iterator[EditionReason]:
    """Of a claim that was retracted, replaced or taken off.

    Of one that was taken off nothing else is told but that a newer version is published.
    """
    ref = f"C{changed.claim}"
    if changed.is_taken_off:
        yield _of_taken_off(ref)
    elif changed.retracted_at is not None:
        words = {
            "ref": ref,
            "day": day_text(changed.retracted_at.astimezone(UTC).date()),
            "reason": changed.retracted_reason or "",
        }
        sentence = _("%(ref)s was retracted on %(day)s: %(reason)s") % words
        yield EditionReason(EditionReasonCode.RETRACTED, sentence, ref)
    if changed.newer is not None and changed.newer_since is not None:
        words = {
            "ref": ref,
            "version": f"{ref}/v{changed.newer}",
            "day": day_text(changed.newer_since.astimezone(UTC).date()),
        }
        sentence = _("%(ref)s has a newer version, %(version)s, since %(day)s.") % words
        yield EditionReason(EditionReasonCode.NEW_VERSION, sentence, ref)
    elif not changed.is_taken_off and changed.retracted_at is None:
        yield _of_taken_off(ref)


def _of_taken_off(ref: str) -> EditionReason:
    sentence = _("%(ref)s was taken off the public pages.") % {"ref": ref}
    return EditionReason(EditionReasonCode.TAKEN_OFF, sentence, ref)


def _of_closed(closed: ClosedEdition) -> EditionReason:
    """Of another side that was taken off, or a source that became confidential."""
    if closed.claim is not None:
        return _of_taken_off(f"C{closed.claim}")
    sentence = _("It names a source that is no longer public.")
    return EditionReason(EditionReasonCode.SOURCE_CLOSED, sentence)


def _of_source(
    source: ChangedSource, standings: Mapping[str, SourceStanding], reader: Reader
) -> Iterator[EditionReason]:
    """Of a source whose standing changed since the edition told it, and of withheld words.

    The manifest names a source that is not to be known by its descriptor, and so does this.
    """
    is_known = reader.knows(source)
    names = {source.key, source.descriptor} - {""}
    was = next((standings[name] for name in names if name in standings), _AS_PUBLISHED)
    key = source.key if is_known else ""
    since = source.since.isoformat() if source.since else ""
    # Of a confidential source neither day nor reason was told, so that they are no news.
    is_again = bool(was.since) and (since, source.reason) != (was.since, was.reason)
    if source.standing != was.code or is_again:
        now = read_standing(source.standing, source.since, source.reason, is_known=is_known)
        name = source.title if is_known else source.descriptor
        sentence = _("It stands as published again.") if now is None else now.sentence
        words = _("Quotes “%(title)s”. %(sentence)s") % {"title": name, "sentence": sentence}
        yield EditionReason(EditionReasonCode.STANDING, words, key)
    if source.withheld_on is not None:
        ref = f"C{source.claim}"
        words = _("Words of a quote of %(ref)s were withheld on %(day)s.") % {
            "ref": ref,
            "day": day_text(source.withheld_on),
        }
        yield EditionReason(EditionReasonCode.WORDS_WITHHELD, words, ref)


def _of_conflict(
    live: LiveConflict, was: ConflictStatus | None, decided: Decided | None, issued_at: datetime
) -> Iterator[EditionReason]:
    """Of a conflict that the edition does not show as disputed, or that was decided since.

    One that came and was reconciled since changes nothing: all stand.
    """
    ref, status = f"K{live.number}", ConflictStatus(live.status)
    if status in _SETTLED:
        is_news = status != was or (decided is not None and decided.decided_at > issued_at)
        if is_news and not (was is None and status == ConflictStatus.RECONCILED):
            words = {"ref": ref, "decision": decision_text(decided)}
            sentence = _("%(ref)s was decided since. %(decision)s") % words
            yield EditionReason(EditionReasonCode.CONFLICT, sentence.strip(), ref)
    elif was is None or not was.disputes:
        words = {"ref": ref, "meaning": _(status.meaning)}
        sentence = _("It does not show that its claims are disputed (%(ref)s). %(meaning)s")
        yield EditionReason(EditionReasonCode.CONFLICT, sentence % words, ref)


def _of_former_conflict(number: int) -> EditionReason:
    """Of a conflict that is over: its sides say something else now, or one was taken back."""
    ref = f"K{number}"
    sentence = _("%(ref)s, which it shows as open, is none any more.") % {"ref": ref}
    return EditionReason(EditionReasonCode.CONFLICT, sentence, ref)
