"""Versions of claims as they are on record: two statements for a page, planned once.

SQL decides nothing here but membership and time; what of it one reader may know is decided over
these facts (`claims/readings/claims.py`). Facts never leave `readings/`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from claims.querysets.former_parties import with_former_conflicts
from claims.vocabulary import Audience
from sources.querysets.prepared import id_array, prepared_rows
from sources.readings.quotes import (
    QUOTE_AND_SOURCE,
    QUOTE_JOINS,
    QuoteFacts,
    facts_of_row,
)
from sources.readings.reader import Reader
from sources.readings.sources import SourceFacts


class StandsFor(msgspec.Struct, frozen=True, gc=False):
    """The source that an entity stands for."""

    id: int
    access: str
    descriptor: str


class EntityFacts(msgspec.Struct, frozen=True, gc=False):
    """An entity; `source` is what it stands for."""

    id: int
    key: str
    label: str
    kind: str
    source: StandsFor | None


class AsserterFacts(msgspec.Struct, frozen=True, gc=False):
    """One link of a chain: an entity, or a description."""

    description: str
    entity: EntityFacts | None


class PropertyFacts(msgspec.Struct, frozen=True, gc=False):
    """A property."""

    key: str
    label: str
    value_kind: str
    unit: str
    time: str
    single_valued: bool
    date_extent: str


class TopicFacts(msgspec.Struct, frozen=True, gc=False):
    """A topic."""

    key: str
    name: str


class PremiseFacts(msgspec.Struct, frozen=True, gc=False):
    """A version that another rests on; `is_public` says that readers see or saw it."""

    claim: int
    number: int
    statement: str
    formula: str
    is_current: bool
    is_public: bool


class ConflictFacts(msgspec.Struct, frozen=True, gc=False):
    """A conflict that a claim is party to.

    `id` is that of the record that the reader's audience has, `number` the K number.
    """

    id: int
    number: int
    kind: str
    strength: str
    status: str
    same_source: bool
    question: str
    opened_at: datetime


class FormerConflictFacts(msgspec.Struct, frozen=True, gc=False):
    """A conflict that ended for a claim as it or another party was retracted or taken off.

    `is_closed` says that it is over; else it goes on without the claim. The question that a person
    asked is left out.
    """

    conflict: ConflictFacts
    is_closed: bool


class FlagFacts(msgspec.Struct, frozen=True, gc=False):
    """An open flag."""

    kind: str
    cause: str


class ClaimFacts(msgspec.Struct, frozen=True, gc=False):
    """One version of a claim. `lower` and `upper` are the ends of its value as text."""

    id: int
    claim: int
    uuid: UUID
    number: int
    status: str
    published: datetime | None
    published_end: datetime | None
    taken_off_at: datetime | None
    taken_off_reason: str | None
    retracted_at: datetime | None
    retracted_reason: str | None
    mode: str
    asserted_on: str
    statement: str
    language: str
    basis: str
    typed: str
    as_written: str
    lower: str | None
    upper: str | None
    lower_closed: bool | None
    upper_closed: bool | None
    is_amount: bool
    point: str | None
    truth: bool | None
    text: str | None
    degree: str
    approximate: bool
    decimal_mark: str
    period: str
    period_start: date | None
    period_before: date | None
    has_period: bool
    recorded_at: datetime
    content_hash: str
    subject: EntityFacts | None
    property: PropertyFacts | None
    aspect: TopicFacts | None
    value_entity: EntityFacts | None
    asserters: list[AsserterFacts] | None
    topics: list[TopicFacts] | None
    premises: list[PremiseFacts] | None
    conflicts: list[ConflictFacts] | None
    former_conflicts: list[FormerConflictFacts] | None
    flags: list[FlagFacts] | None


class EvidenceFacts(msgspec.Struct, frozen=True, gc=False):
    """A quote tied to a version; `origins` are the ties above its source and its own origin."""

    stance: str
    own_origin: int | None
    origins: list[list[int]]
    quote: QuoteFacts
    source: SourceFacts


_ENTITY = """json_build_object('id', e.id, 'key', e.key, 'label', e.label, 'kind', e.kind, 'source',
        CASE WHEN e.source_id IS NOT NULL THEN (
            SELECT json_build_object('id', s.id, 'access', s.access,
                'descriptor', s.public_descriptor)
            FROM sources_source s WHERE s.id = e.source_id) END)"""


def _entity(column: str) -> str:
    return f"(SELECT {_ENTITY} FROM claims_entity e WHERE e.id = v.{column})"  # noqa: S608 - constants only


_POSITION = f"""
    v.id AS id, v.claim_id AS claim, c.uuid AS uuid, v.number AS number, v.status AS status,
    lower(v.published) AS published, upper(v.published) AS published_end,
    v.taken_off_at AS taken_off_at, v.taken_off_reason AS taken_off_reason,
    c.retracted_at AS retracted_at,
    c.retracted_reason AS retracted_reason, v.mode AS mode, v.asserted_on AS asserted_on,
    v.statement AS statement, v.language AS language, v.basis AS basis, v.value AS typed,
    v.as_written AS as_written,
    coalesce(lower(v.amount)::text, lower(v.dates)::text) AS lower,
    coalesce(upper(v.amount)::text, upper(v.dates)::text) AS upper,
    coalesce(lower_inc(v.amount), lower_inc(v.dates)) AS lower_closed,
    coalesce(upper_inc(v.amount), upper_inc(v.dates)) AS upper_closed,
    v.amount IS NOT NULL AS is_amount, v.point::text AS point, v.truth AS truth,
    v.value_text AS text, v.degree AS degree, v.approximate AS approximate,
    v.decimal_mark AS decimal_mark, v.period AS period, lower(v.period_days) AS period_start,
    upper(v.period_days) AS period_before, v.period_days IS NOT NULL AS has_period,
    v.recorded_at AS recorded_at, v.content_hash AS content_hash,
    {_entity("subject_id")} AS subject,
    (SELECT json_build_object('key', p.key, 'label', p.label, 'value_kind', p.value_kind,
        'unit', p.unit, 'time', p.time, 'single_valued', p.single_valued,
        'date_extent', p.date_extent)
        FROM claims_property p WHERE p.id = v.property_id) AS property,
    (SELECT json_build_object('key', t.key, 'name', t.name)
        FROM claims_topic t WHERE t.id = v.aspect_id) AS aspect,
    {_entity("value_entity_id")} AS value_entity,
    (SELECT json_agg(json_build_object('description', a.description, 'entity',
        CASE WHEN a.entity_id IS NOT NULL THEN (
            SELECT {_ENTITY} FROM claims_entity e WHERE e.id = a.entity_id) END)
        ORDER BY a.position) FROM claims_asserter a WHERE a.version_id = v.id) AS asserters"""  # noqa: S608 - constants only

_TOPICS = """
    (SELECT json_agg(json_build_object('key', t.key, 'name', t.name) ORDER BY t.key)
        FROM claims_claimtopic ct JOIN claims_topic t ON t.id = ct.topic_id
        WHERE ct.claim_id = v.claim_id) AS topics"""

_PREMISES = """
    (SELECT json_agg(json_build_object('claim', r.claim_id, 'number', r.number,
        'statement', r.statement, 'formula', p.formula,
        'is_current', coalesce(r.published @> %(at)s::timestamptz, false)
            AND rc.retracted_at IS NULL,
        'is_public', r.taken_off_at IS NULL
            AND coalesce(lower(r.published) <= %(at)s::timestamptz, false)) ORDER BY p.id)
        FROM claims_premise p JOIN claims_version r ON r.id = p.rests_on_id
        JOIN claims_claim rc ON rc.id = r.claim_id WHERE p.version_id = v.id) AS premises"""

_CONFLICT = """json_build_object('id', k.id, 'number', {number}, 'kind', k.kind,
        'strength', k.strength, 'status', k.status, 'same_source', k.same_source,
        'question', {question}, 'opened_at', k.opened_at)"""
_OF_PUBLIC = _CONFLICT.format(number="k.number", question="k.question")
_OF_STAFF = _CONFLICT.format(number="k.id", question="k.question")
# Of one that ended by a removal not the question of a person: it may repeat what was taken off.
_FORMER_OF_PUBLIC = _CONFLICT.format(number="k.number", question="''")
_FORMER_OF_STAFF = _CONFLICT.format(number="k.id", question="''")

# Beside another member that readers see at that time, or at odds with itself: the rule of
# PublicConflictMemberQuerySet.open.
_PUBLIC_CONFLICTS = f"""
    (SELECT json_agg({_OF_PUBLIC} ORDER BY k.number)
        FROM claims_publicconflictmember m JOIN claims_publicconflict k ON k.id = m.conflict_id
        WHERE m.version_id = v.id AND m.left_at IS NULL
            AND v.published @> %(at)s::timestamptz
            AND (k.kind IN ('stance', 'absence') OR EXISTS (
                SELECT FROM claims_publicconflictmember o
                JOIN claims_version ov ON ov.id = o.version_id
                WHERE o.conflict_id = m.conflict_id AND o.id <> m.id AND o.left_at IS NULL
                    AND ov.published @> %(at)s::timestamptz))) AS conflicts,
    (SELECT json_agg(json_build_object('is_closed', f.is_closed,
        'conflict', {_FORMER_OF_PUBLIC}) ORDER BY k.number)
        FROM former_conflicts f JOIN claims_publicconflict k ON k.id = f.conflict
        WHERE f.claim = v.claim_id) AS former_conflicts,
    NULL::json AS flags"""  # noqa: S608 - constants only

_STAFF_CONFLICTS = f"""
    (SELECT json_agg({_OF_STAFF} ORDER BY k.id)
        FROM (SELECT DISTINCT m.conflict_id FROM claims_conflictmember m
            WHERE m.claim_id = v.claim_id AND m.left_at IS NULL) m
        JOIN claims_conflict k ON k.id = m.conflict_id) AS conflicts,
    (SELECT json_agg(json_build_object('is_closed', f.is_closed,
        'conflict', {_FORMER_OF_STAFF}) ORDER BY k.id)
        FROM former_conflicts f JOIN claims_conflict k ON k.id = f.conflict
        WHERE f.claim = v.claim_id) AS former_conflicts,
    (SELECT json_agg(json_build_object('kind', f.kind, 'cause', f.cause) ORDER BY f.id)
        FROM claims_flag f WHERE f.claim_id = v.claim_id AND f.closed_at IS NULL) AS flags"""  # noqa: S608 - constants only


def _claims(where: str, claims: str, *, is_staff: bool) -> str:
    """The statement for the versions of a condition; `claims` is a query of their claims' ids."""
    audience = Audience.STAFF if is_staff else Audience.PUBLIC
    conflicts = _STAFF_CONFLICTS if is_staff else _PUBLIC_CONFLICTS
    return f"""SELECT * FROM (
    WITH {with_former_conflicts(audience, claims)}
    SELECT row_to_json(f)::text FROM (
    SELECT {_POSITION}, {_TOPICS}, {_PREMISES}, {conflicts}
    FROM claims_version v JOIN claims_claim c ON c.id = v.claim_id WHERE {where}) f) told"""  # noqa: S608 - constants only


_IDS = "= ANY(%(ids)s::text::bigint[])"
_THEIR_CLAIMS = f"SELECT claim_id FROM claims_version WHERE id {_IDS}"  # noqa: S608 - constants only
_ONE = "SELECT %(claim)s::bigint"
# By whether the desk reads: the versions of these ids, and the one of a claim that the reader sees.
_CLAIMS = {
    is_staff: _claims(f"v.id {_IDS}", _THEIR_CLAIMS, is_staff=is_staff)
    for is_staff in (True, False)
}
_SHOWN = {
    True: _claims("v.claim_id = %(claim)s AND v.is_newest", _ONE, is_staff=True),
    False: _claims(
        "v.claim_id = %(claim)s AND v.published @> %(at)s::timestamptz AND v.taken_off_at IS NULL",
        _ONE,
        is_staff=False,
    ),
}

# All ties above a source and above a passage's own origin; asked only where there are some.
_ORIGINS = """CASE WHEN ev.own_origin_id IS NOT NULL
        OR EXISTS (SELECT FROM sources_sourceorigin o WHERE o.source_id = s.id) THEN (
        WITH RECURSIVE above (source, origin) AS (
            SELECT source_id, origin_id FROM sources_sourceorigin
            WHERE source_id IN (s.id, ev.own_origin_id)
            UNION
            SELECT tie.source_id, tie.origin_id
            FROM above JOIN sources_sourceorigin tie ON tie.source_id = above.origin
        ) SELECT json_agg(json_build_array(source, origin))::text FROM above) END"""

_QUOTES = f"""SELECT ev.version_id, ev.stance, ev.own_origin_id, {_ORIGINS}, {QUOTE_AND_SOURCE}
FROM claims_evidence ev JOIN sources_excerpt x ON x.id = ev.excerpt_id {QUOTE_JOINS}
WHERE ev.version_id = ANY(%(ids)s::text::bigint[]) ORDER BY ev.id"""  # noqa: S608 - constants only

_decode = msgspec.json.Decoder(list[ClaimFacts]).decode
_decode_ties = msgspec.json.Decoder(list[list[int]]).decode
_OWN_COLUMNS = 4


def claim_facts(versions: Collection[int], reader: Reader) -> dict[int, ClaimFacts]:
    """The facts of these versions, by id, in their order."""
    if not versions:
        return {}
    sql = _CLAIMS[reader.is_staff]
    found = {one.id: one for one in _facts(sql, ids=id_array(versions), at=reader.at)}
    return {pk: found[pk] for pk in versions if pk in found}


def shown_facts(claim: int, reader: Reader) -> ClaimFacts | None:
    """The facts of the version of a claim that the reader sees; None of one that is not shown."""
    found = _facts(_SHOWN[reader.is_staff], claim=claim, at=reader.at)
    return found[0] if found else None


def evidence_facts(versions: Iterable[int]) -> Mapping[int, list[EvidenceFacts]]:
    """The quotes of these versions, by the version's id, in the order in which they were tied."""
    found: dict[int, list[EvidenceFacts]] = defaultdict(list)
    for row in prepared_rows(_QUOTES, {"ids": id_array(versions)}):
        version, stance, own_origin, origins = row[:_OWN_COLUMNS]
        ties = _decode_ties(origins) if origins else []
        found[version].append(
            EvidenceFacts(stance, own_origin, ties, *facts_of_row(row[_OWN_COLUMNS:]))
        )
    return found


def _facts(sql: str, **values: Any) -> list[ClaimFacts]:
    return _decode("[" + ",".join([row[0] for row in prepared_rows(sql, values)]) + "]")
