"""Conflicts as one reader may know them: the question, its sides, why it is one, what was decided.

A page of conflicts costs as many statements as a page of claims, and three more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from django.utils.translation import gettext as _

from claims.querysets.former_parties import FormerParty, former_parties
from claims.readings.claims import (
    ClaimReading,
    ConflictReading,
    audience_of,
    conflict_reading,
    readings_of,
)
from claims.readings.decisions import Decided, decisions_of
from claims.readings.facts import ConflictFacts, EvidenceFacts, claim_facts, evidence_facts
from claims.readings.sides import SideReading, question_text, reason_text, sides_of, why_text
from claims.vocabulary import Audience
from sources.querysets.prepared import id_array, prepared_rows
from sources.readings.reader import Reader


class MemberReading(msgspec.Struct, frozen=True, gc=False):
    """A claim that is party to a conflict, since when, with its versions that are compared."""

    claim: int
    joined_at: datetime
    versions: tuple[ClaimReading, ...]


class FormerReading(msgspec.Struct, frozen=True, gc=False):
    """A claim that was party until it, or another party, was retracted or taken off.

    `versions` are those compared last, none of a claim whose content the reader may not read.
    """

    claim: int
    is_retracted: bool
    is_taken_off: bool
    versions: tuple[ClaimReading, ...]


class QuestionReading(msgspec.Struct, frozen=True, gc=False):
    """A conflict with its sides.

    `parties` are the versions compared, in the order of the claims; of a conflict that is over
    since a party was retracted or taken off (`is_closed`), those compared last. `former` are the
    claims that left it so. `merged_into` is the number of the conflict that took it up, for the
    desk. `is_guarded` says that it is over and a party was taken off, for the public: then nothing
    is told that was computed from what that one said, or that a person asked of it, and kind and
    strength are not to be shown. `why` is the part of the reason that does not repeat the sides.
    """

    conflict: ConflictReading
    question: str
    reason: str
    sides: tuple[SideReading, ...]
    members: tuple[MemberReading, ...]
    former: tuple[FormerReading, ...]
    parties: tuple[ClaimReading, ...]
    is_closed: bool
    is_guarded: bool
    merged_into: int | None
    why: str = ""

    @property
    def removals(self) -> list[str]:
        """Which of its parties were retracted or taken off, a sentence each."""
        return removal_texts(self.former)


class _Member(msgspec.Struct, frozen=True, gc=False):
    """A membership as it is on record."""

    claim: int
    joined_at: datetime
    versions: list[int]


class _Question(msgspec.Struct, frozen=True, gc=False):
    """A conflict as it is on record, with the members that the audience sees."""

    conflict: ConflictFacts
    merged_into: int | None
    members: list[_Member] | None


_STAFF = """SELECT json_build_object(
    'conflict', json_build_object('id', k.id, 'number', k.id, 'kind', k.kind,
        'strength', k.strength, 'status', k.status, 'same_source', k.same_source,
        'question', k.question, 'opened_at', k.opened_at),
    'merged_into', k.merged_into_id,
    'members', (SELECT json_agg(json_build_object('claim', m.claim_id, 'joined_at', m.joined_at,
        'versions', m.versions) ORDER BY m.claim_id, m.id)
        FROM claims_conflictmember m WHERE m.conflict_id = k.id AND m.left_at IS NULL))::text
FROM claims_conflict k WHERE k.id = ANY(%(ids)s::text::bigint[])"""

# The members are those of PublicConflictMemberQuerySet.open.
_PUBLIC = """SELECT json_build_object(
    'conflict', json_build_object('id', k.id, 'number', k.number,
        'kind', k.kind, 'strength', k.strength, 'status', k.status, 'same_source', k.same_source,
        'question', k.question, 'opened_at', k.opened_at),
    'merged_into', NULL,
    'members', (SELECT json_agg(json_build_object('claim', v.claim_id, 'joined_at', m.joined_at,
        'versions', json_build_array(m.version_id)) ORDER BY v.claim_id, m.id)
        FROM claims_publicconflictmember m JOIN claims_version v ON v.id = m.version_id
        WHERE m.conflict_id = k.id AND m.left_at IS NULL
            AND v.published @> %(at)s::timestamptz
            AND (k.kind IN ('stance', 'absence') OR EXISTS (
                SELECT FROM claims_publicconflictmember o
                JOIN claims_version ov ON ov.id = o.version_id
                WHERE o.conflict_id = k.id AND o.id <> m.id AND o.left_at IS NULL
                    AND ov.published @> %(at)s::timestamptz))))::text
FROM claims_publicconflict k WHERE k.id = ANY(%(ids)s::text::bigint[])"""

_STATEMENTS = {Audience.STAFF: _STAFF, Audience.PUBLIC: _PUBLIC}
_decode = msgspec.json.Decoder(list[_Question]).decode


def read_questions(records: Collection[int], reader: Reader) -> list[QuestionReading]:
    """The conflicts of these records of the reader's audience, in their order.

    Who may see them is asked by the query sets; of each, the members that the reader may see.
    """
    if not records:
        return []
    audience = audience_of(reader)
    values = {"ids": id_array(records), "at": reader.at}
    rows = prepared_rows(_STATEMENTS[audience], values)
    found = {one.conflict.id: one for one in _decode(f"[{','.join([row[0] for row in rows])}]")}
    former = former_parties(list(found), audience, reader.at)
    shown = [pk for one in found.values() for member in one.members or () for pk in member.versions]
    shown += [pk for parties in former.values() for party in parties for pk in party.versions]
    facts = list(claim_facts(list(dict.fromkeys(shown)), reader).values())
    evidence = evidence_facts([one.id for one in facts])
    claims = {one.id: one for one in readings_of(facts, reader, evidence)}
    decided = decisions_of(list(found), audience, reader.at)
    return [
        _question(found[pk], former.get(pk, ()), decided, claims, evidence, reader)
        for pk in records
        if pk in found
    ]


def _question(
    facts: _Question,
    former: Sequence[FormerParty],
    decided: Mapping[int, Decided],
    claims: Mapping[int, ClaimReading],
    evidence: Mapping[int, Sequence[EvidenceFacts]],
    reader: Reader,
) -> QuestionReading:
    conflict = conflict_reading(facts.conflict, decided)
    members = tuple(
        MemberReading(one.claim, one.joined_at, tuple(claims[pk] for pk in one.versions))
        for one in facts.members or ()
    )
    left = tuple(
        FormerReading(
            one.claim,
            one.is_retracted,
            one.is_taken_off,
            tuple(claims[pk] for pk in one.versions),
        )
        for one in former
    )
    is_closed = any(one.is_closed for one in former)
    is_guarded = is_closed and not reader.is_staff and any(one.is_taken_off for one in left)
    held: Sequence[MemberReading | FormerReading] = left if is_closed else members
    parties = tuple(claim for one in held for claim in one.versions)
    sides = sides_of(conflict.kind, parties, evidence, reader)
    question = "" if is_guarded and conflict.question else question_text(conflict, parties)
    if is_guarded:
        conflict = msgspec.structs.replace(conflict, question="", same_source=False)
    return QuestionReading(
        conflict,
        question,
        "" if is_guarded else reason_text(conflict, question, sides),
        sides,
        members,
        left,
        parties,
        is_closed,
        is_guarded,
        facts.merged_into,
        "" if is_guarded else why_text(conflict, sides).strip(),
    )


def removal_texts(parties: Iterable[FormerReading | FormerParty]) -> list[str]:
    """Say of each former party that it was retracted or taken off; of the others nothing."""
    texts = []
    for party in parties:
        if party.is_taken_off:
            text = _("%(ref)s was taken off the public pages.")
        elif party.is_retracted:
            text = _("%(ref)s was retracted.")
        else:
            continue
        texts.append(text % {"ref": f"C{party.claim}"})
    return texts
