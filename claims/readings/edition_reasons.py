"""Reasons why an edition no longer stands as issued, in sentences, for one reader."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from claims.models import Edition
from claims.querysets.editions import (
    ChangedSource,
    ChangedVersion,
    LiveConflict,
    changed_sources,
    changed_versions,
    flags_on_editions,
)
from claims.readings.decisions import Decided, decision_text, decisions_of
from claims.readings.edition_contents import conflicts_in, standings_in
from claims.readings.wording import day_text
from claims.vocabulary import Audience, ConflictStatus, EditionReasonCode, FlagKind
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


_GRAVITY = {code: place for place, code in enumerate(EditionReasonCode)}


def reasons_of(editions: Sequence[Any], reader: Reader) -> Mapping[int, list[EditionReason]]:
    """Return what changed under each edition since it was issued, by its id, the gravest first.

    Four statements for the public, six for the staff, and one for decisions on conflicts.
    """
    ids = [row.pk for row in editions]
    found: dict[int, list[EditionReason]] = defaultdict(list)
    for changed in changed_versions(ids, reader.at):
        found[changed.edition].append(_of_version(changed))
    standings = {row.pk: standings_in(row.manifest) for row in editions}
    marked = {key for one in standings.values() for key, was in one.items() if was}
    for source in changed_sources(ids, marked):
        found[source.edition] += _of_source(source, standings[source.edition], reader)
    conflicts = {row.pk: conflicts_in(row.manifest) for row in editions}
    for audience, live in _live_conflicts(ids, reader):
        news = [one for one in live if conflicts[one.edition].get(one.number) != one.status]
        settled = {one.id for one in news if one.status == ConflictStatus.RESOLVED}
        decided = decisions_of(settled, audience, reader.at) if settled else {}
        for one in news:
            was = conflicts[one.edition].get(one.number)
            found[one.edition] += _of_conflict(one, was, decided)
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


def _live_conflicts(
    ids: Sequence[int], reader: Reader
) -> Iterator[tuple[Audience, list[LiveConflict]]]:
    """The conflicts by now, as the reader may know them.

    The staff are told of the public ones besides their own: what a reader sees, they see too.
    """
    editions = Edition.objects.filter(pk__in=ids)
    yield Audience.PUBLIC, editions.public_conflicts(reader.at)
    if reader.is_staff:
        yield Audience.STAFF, editions.staff_conflicts()


def _of_version(changed: ChangedVersion) -> EditionReason:
    """Of a claim that was retracted, replaced or taken off."""
    ref = f"C{changed.claim}"
    if changed.retracted_at is not None:
        words = {
            "ref": ref,
            "day": day_text(changed.retracted_at.astimezone(UTC).date()),
            "reason": changed.retracted_reason or "",
        }
        sentence = _("%(ref)s was retracted on %(day)s: %(reason)s") % words
        return EditionReason(EditionReasonCode.RETRACTED, sentence, ref)
    if changed.newer is not None and changed.newer_since is not None:
        words = {
            "ref": ref,
            "version": f"{ref}/v{changed.newer}",
            "day": day_text(changed.newer_since.astimezone(UTC).date()),
        }
        sentence = _("%(ref)s has a newer version, %(version)s, since %(day)s.") % words
        return EditionReason(EditionReasonCode.NEW_VERSION, sentence, ref)
    sentence = _("%(ref)s was taken off the public pages.") % {"ref": ref}
    return EditionReason(EditionReasonCode.TAKEN_OFF, sentence, ref)


def _of_source(
    source: ChangedSource, standings: Mapping[str, str], reader: Reader
) -> Iterator[EditionReason]:
    """Of a source whose standing changed since the edition told it, and of withheld words.

    The manifest names a source that is not to be known by its descriptor, and so does this.
    """
    is_known = reader.knows(source)
    names = {source.key, source.descriptor} - {""}
    was = next((standings[name] for name in names if name in standings), "") or Standing.CURRENT
    key = source.key if is_known else ""
    if source.standing != was:
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
    live: LiveConflict, was: ConflictStatus | None, decided: Mapping[int, Decided]
) -> Iterator[EditionReason]:
    """Of a conflict that the edition does not show, or that was decided since."""
    ref, status = f"K{live.number}", ConflictStatus(live.status)
    if status == ConflictStatus.RESOLVED:
        words = {"ref": ref, "decision": decision_text(decided.get(live.id))}
        sentence = _("%(ref)s was decided since. %(decision)s") % words
        yield EditionReason(EditionReasonCode.CONFLICT, sentence.strip(), ref)
    elif was is None or not was.disputes:
        words = {"ref": ref, "meaning": _(status.meaning)}
        sentence = _("It does not show that its claims are disputed (%(ref)s). %(meaning)s")
        yield EditionReason(EditionReasonCode.CONFLICT, sentence % words, ref)
