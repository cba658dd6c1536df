"""Changes between two editions of a fact sheet, made from what each of them rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from claims.vocabulary import ConflictStatus
from claims.vocabulary.factsheets import ChangeCode
from sources.vocabulary import Standing


class SourceStanding(NamedTuple):
    """How a source stands; `since` (an ISO date) and `reason` are empty where they are not told."""

    code: Standing
    since: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EditionContents:
    """The content of an edition and what it rests on.

    `versions` are the numbers of the versions by the number of their claim, `conflicts` the
    statuses by K number, `standings` those of its sources by key. `prose` has the words of each
    section by its heading, `summary` and `unknown` stand outside of sections.
    """

    title: str = ""
    summary: str = ""
    prose: Mapping[str, str] = field(default_factory=dict)
    unknown: Sequence[str] = ()
    versions: Mapping[int, int] = field(default_factory=dict)
    conflicts: Mapping[int, ConflictStatus] = field(default_factory=dict)
    standings: Mapping[str, SourceStanding] = field(default_factory=dict)


class Change(NamedTuple):
    """One difference of an edition from the one before.

    `reference` is what changed: a version (C17/v2), a claim (C17), a conflict (K5), the key of a
    source, or the heading of a section. `now` is the status of the conflict or the standing of the
    source by now, empty of others.
    """

    code: ChangeCode
    reference: str = ""
    now: str = ""


def edition_changes(old: EditionContents, new: EditionContents) -> tuple[Change, ...]:
    """Return all changes from one edition to the next: claims, conflicts, sources, then prose.

    Each group is in the order of its numbers or names, sections in that of the newer edition.
    """
    return (
        *_of_claims(old.versions, new.versions),
        *_of_conflicts(old.conflicts, new.conflicts),
        *_of_standings(old.standings, new.standings),
        *_of_prose(old, new),
    )


def _of_claims(old: Mapping[int, int], new: Mapping[int, int]) -> Iterator[Change]:
    for claim in sorted(new.keys() - old.keys()):
        yield Change(ChangeCode.CLAIM_ADDED, f"C{claim}/v{new[claim]}")
    for claim in sorted(new.keys() & old.keys()):
        if new[claim] != old[claim]:
            yield Change(ChangeCode.NEW_VERSION, f"C{claim}/v{new[claim]}")
    for claim in sorted(old.keys() - new.keys()):
        yield Change(ChangeCode.CLAIM_REMOVED, f"C{claim}")


def _of_conflicts(
    old: Mapping[int, ConflictStatus], new: Mapping[int, ConflictStatus]
) -> Iterator[Change]:
    """Of conflicts that came, were decided or are no longer shown, by number.

    One that was settled before is not missed when it goes.
    """
    for number in sorted(old.keys() | new.keys()):
        was, now = old.get(number), new.get(number)
        if now is None:
            if was is not None and was.disputes:
                yield Change(ChangeCode.CONFLICT_GONE, f"K{number}")
        elif now.disputes and not (was is not None and was.disputes):
            yield Change(ChangeCode.CONFLICT_OPENED, f"K{number}", now)
        elif now != was:
            settled = ChangeCode.CONFLICT_DECIDED if now.disputes else ChangeCode.CONFLICT_SETTLED
            yield Change(settled, f"K{number}", now)


def _of_standings(
    old: Mapping[str, SourceStanding], new: Mapping[str, SourceStanding]
) -> Iterator[Change]:
    """Of sources that both editions quote, corrected again too; a new one has its own notice."""
    for key in sorted(old.keys() & new.keys()):
        if old[key] != new[key]:
            yield Change(ChangeCode.STANDING, key, new[key].code)


def _of_prose(old: EditionContents, new: EditionContents) -> Iterator[Change]:
    if old.title != new.title:
        yield Change(ChangeCode.TITLE)
    if old.summary != new.summary:
        yield Change(ChangeCode.SUMMARY)
    for heading, prose in new.prose.items():
        if heading not in old.prose:
            yield Change(ChangeCode.SECTION_ADDED, heading)
        elif prose != old.prose[heading]:
            yield Change(ChangeCode.PROSE, heading)
    for heading in old.prose:
        if heading not in new.prose:
            yield Change(ChangeCode.SECTION_REMOVED, heading)
    if tuple(old.unknown) != tuple(new.unknown):
        yield Change(ChangeCode.UNKNOWN)
