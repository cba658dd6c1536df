"""The yardstick "full limit": one SQL statement that returns all that the API sends of claims.

`full_limit.sql` is the statement. It is prepared once, with all its values in it, so that the
server plans it for them and never again; nothing faster asks one statement for as much. `as_sent`
turns a row into what the API sends, so that a member that the API sends and the statement does not
return is found: `require_same_members`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime

from claims.domain.support import grouped
from claims.querysets.absences import SearchState
from claims.readings.absences import absence_text
from claims.readings.decisions import Decided, decision_text
from claims.vocabulary import AbsenceStatus, ConflictStatus
from sources.readings.standing import read_standing
from sources.vocabulary import Grade

SQL = (Path(__file__).parent / "full_limit.sql").read_text()
ONE = """
SELECT id FROM claims_version
WHERE claim_id = %(claim)s AND published @> {at} AND taken_off_at IS NULL
"""
# What the statement leaves out: words that the product makes of the other members, and of one claim
# those beside it, so that it is rather too quick.
LEFT_OUT = frozenset({"attribution", "notices", "on_another_basis", "without_a_period"})
MISSING = "(no such member)"
TAKEN_BACK = ("retracted", "withdrawn")


class FullLimit:
    """A connection of its own that executes prepared statements, as psycopg does it best."""

    def __init__(self) -> None:
        params = connections["default"].get_connection_params()
        known = {name: params[name] for name in params if name not in ("context", "cursor_factory")}
        known["prepare_threshold"] = 0  # Django's is never
        self.connection = psycopg.connect(**known, autocommit=True)
        for setting in ("jit = off", "plan_cache_mode = force_generic_plan"):
            self.connection.execute(f"SET {setting}")
        self.cursor = self.connection.cursor()

    def statement(self, page: QuerySet[Any], *, at: datetime) -> str:
        """The statement for the versions of a query, with all values written into it."""
        sql, values = page.values("id").query.sql_with_params()
        literal = psycopg.ClientCursor(self.connection)
        instant = literal.mogrify("%s::timestamptz", [at])
        page_sql = literal.mogrify(sql, values)
        return SQL.replace("{page}", page_sql).replace("{at}", instant)

    def statement_of_one(self, *, at: datetime) -> str:
        """The statement for one claim, with its number as the parameter `claim`."""
        instant = psycopg.ClientCursor(self.connection).mogrify("%s::timestamptz", [at])
        return SQL.replace("{page}", ONE).replace("{at}", instant)

    def rows(self, statement: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """The rows of a statement, as JSON."""
        return self.cursor.execute(statement, values, prepare=True).fetchall()

    def close(self) -> None:
        """End the connection."""
        self.connection.close()


def require_same_members(rows: Sequence[Any], sent: Sequence[Mapping[str, Any]]) -> None:
    """Check that rows have what the API sends of the same claims, member by member.

    Raises AssertionError that names the members that differ.
    """
    assert len(rows) >= len(sent) > 0, f"{len(rows)} rows, {len(sent)} claims of the API."
    found: list[str] = []
    for (row,), claim in zip(rows, sent, strict=False):
        root, site = claim["url"].partition("claims/")[0], claim["page"].partition("/claims/")[0]
        expected = as_sent(json.loads(row), root=root, site=site)
        found += [f"{claim['ref']}: {one}" for one in differences(claim, expected)]
    assert not found, "\n".join(found[:20])


def differences(sent: Any, expected: Any, path: str = "") -> Iterator[str]:
    """The paths at which two answers differ, each with both values."""
    if path in LEFT_OUT:
        return
    if isinstance(sent, Mapping) and isinstance(expected, Mapping):
        for name in {**sent, **expected}:
            inner = f"{path}.{name}" if path else name
            yield from differences(
                sent.get(name, "(no such member)"), expected.get(name, "(no such member)"), inner
            )
    elif isinstance(sent, list) and isinstance(expected, list) and len(sent) == len(expected):
        for one, other in zip(sent, expected, strict=True):
            yield from differences(one, other, path)
    elif sent != expected:
        yield f"{path} is {sent!r}, and {expected!r} in the statement."


def as_sent(fact: Mapping[str, Any], *, root: str, site: str) -> dict[str, Any]:
    """A row as the API sends it to the public, but for what is LEFT_OUT."""
    claim, prop = f"C{fact['claim']}", fact["property"]
    evidence = fact["evidence"] or []
    conflicts = fact["conflicts"] or []
    asserters = [
        {
            "key": one["key"] if is_public(one) else None,
            "label": name_of(one) if one["key"] else one["description"],
            "description": one["description"],
        }
        for one in fact["asserters"] or []
    ]
    return {
        "ref": claim,
        "uuid": fact["uuid"],
        "url": f"{root}claims/{claim}/",
        "page": f"{site}/claims/{claim}/",
        "version": f"{claim}/v{fact['number']}",
        "number": fact["number"],
        "status": "retracted" if fact["retracted_at"] else "published",
        "review_status": fact["status"],
        "asserter": " › ".join(one["label"] for one in asserters),
        "asserters": asserters,
        **{name: fact[name] for name in ("mode", "asserted_on", "statement", "language", "basis")},
        "subject": entity_as_sent(fact["subject"], root),
        "property": prop and {**prop, "url": f"{root}properties/{prop['key']}/"},
        "aspect": topic_as_sent(fact["aspect"], root),
        "value": prop and value_as_sent(fact, root),
        "period": {
            "typed": fact["period"],
            "start": fact["period_start"],
            "before": fact["period_before"],
        }
        if fact["has_period"]
        else None,
        "absence": fact["absence"] and absence_as_sent(fact["absence"], root),
        "premises": premises_as_sent(fact["premises"] or []),
        "topics": [topic_as_sent(one, root) for one in fact["topics"] or []],
        "evidence": [quote_as_sent(one, root) for one in evidence],
        "independent_support": support_as_sent(evidence),
        "disputed": any(ConflictStatus(one["status"]).disputes for one in conflicts),
        "conflicts": [conflict_as_sent(one, root) for one in conflicts],
        "retracted": {"at": moment(fact["retracted_at"]), "reason": fact["retracted_reason"]}
        if fact["retracted_at"]
        else None,
        "published": {"start": moment(fact["published"]), "before": None},
        "recorded_at": moment(fact["recorded_at"]),
        "content_hash": fact["content_hash"],
    }


def moment(written: str) -> str:
    """A time as the API writes it."""
    return written.replace("+00:00", "Z")


def is_public(named: Mapping[str, Any]) -> bool:
    """Whether everybody may know what is named: a source, or what stands for one or for none."""
    return named["access"] in ("public", None)


def name_of(entity: Mapping[str, Any]) -> str:
    """The name that the public reads."""
    return str(entity["label"] if is_public(entity) else entity["descriptor"])


def entity_as_sent(entity: Any, root: str) -> Any:
    """An entity, or the descriptor of a confidential source."""
    if entity is None:
        return None
    key = entity["key"] if is_public(entity) else None
    url = f"{root}entities/{key}/" if key else None
    return {"key": key, "url": url, "label": name_of(entity), "kind": entity["kind"]}


def topic_as_sent(topic: Any, root: str) -> Any:
    """A topic with its address."""
    return topic and {**topic, "url": f"{root}topics/{topic['key']}/"}


def value_as_sent(fact: Mapping[str, Any], root: str) -> dict[str, Any]:
    """The value with its range."""
    is_known = fact["entity"] is None or is_public(fact["entity"])
    has_range = fact["lower_closed"] is not None
    ends = ("lower", "upper", "lower_closed", "upper_closed")
    return {
        "typed": fact["typed"] if is_known else "",
        "decimal_mark": fact["decimal_mark"] or None,
        "as_written": fact["as_written"],
        "kind": fact["property"]["value_kind"],
        "unit": fact["property"]["unit"],
        "range": {name: fact[name] for name in ends} if has_range else None,
        "value_point": fact["point"],
        "truth": fact["truth"],
        "entity": entity_as_sent(fact["entity"], root),
        "text": fact["text"],
        "degree": fact["degree"] or None,
        "approximate": fact["approximate"],
    }


def source_as_sent(source: Mapping[str, Any], root: str) -> dict[str, Any]:
    """A source beside a quote."""
    names = ("key", "title", "authors", "publisher", "container", "issued", "access")
    return {
        **{name: source[name] for name in names},
        "url": f"{root}sources/{source['key']}/",
        "original_url": source["url"],
        "standing": standing_as_sent(source),
    }


def standing_as_sent(source: Mapping[str, Any]) -> dict[str, Any] | None:
    """The standing of a source, in the product's words."""
    since = parse_date(source["since"]) if source["since"] else None
    read = read_standing(source["standing"], since, source["reason"], is_known=is_public(source))
    if read is None:
        return None
    return {**vars(read), "since": read.since and read.since.isoformat()}


def quote_as_sent(quote: Mapping[str, Any], root: str) -> dict[str, Any]:
    """A quote, or of a confidential source its grade."""
    known = is_public(quote)
    grade = Grade(quote["grade"])
    return {
        "stance": quote["stance"],
        "quote": (quote["quote"] or None) if known else None,
        "exact": (quote["quote"] or None) if known else None,  # nothing of them is left out
        "withheld_on": quote["withheld_on"],
        "grade": grade.value,
        "grade_label": grade.label,
        "is_verified": quote["is_verified"] and quote["withheld_on"] is None,
        "locator": quote["locator"] if known else "",
        "page": quote["page"] if known else None,
        "language": quote["language"] if known else "",
        "translation": quote["translation"] if known else "",
        "translated_by": quote["translated_by"] if known else "",
        "translation_method": (quote["translation_method"] or None) if known else None,
        "excerpt": quote["excerpt"] if known else None,
        "source": source_as_sent(quote, root) if known else None,
        "descriptor": None if known else quote["descriptor"],
        "standing": standing_as_sent(quote),
    }


def support_as_sent(evidence: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The support in numbers."""
    supporting = {
        one["source"]: one
        for one in evidence
        if one["stance"] == "supports" and one["standing"] not in TAKEN_BACK
    }
    above: dict[int, set[int]] = defaultdict(set)
    for one in evidence:
        if one["stance"] == "supports" and one["own_origin"]:
            above[one["source"]].add(one["own_origin"])
        for source, origin in one["above"] or []:
            above[source].add(origin)
    known = [one for one in supporting.values() if is_public(one)]
    return {
        "independent": len(grouped(list(supporting), [above])),
        "documents": len(supporting),
        "publishers": len({one["publisher"] for one in known if one["publisher"]}),
        "authors": len({author for one in known for author in one["authors"]}),
    }


def premises_as_sent(premises: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The premises; a formula only where all of them are public."""
    are_public = all(one["is_public"] for one in premises)
    return [
        {
            "version": one["ref"] if one["is_public"] else None,
            "statement": one["statement"] if one["is_public"] else None,
            "formula": one["formula"] if are_public else "",
            "is_current": one["is_current"],
        }
        for one in premises
    ]


def conflict_as_sent(conflict: Mapping[str, Any], root: str) -> dict[str, Any]:
    """A conflict with its decision."""
    made = conflict["decision"]
    names = ("ref", "kind", "strength", "status", "same_source")
    decision = None
    if made is not None:
        decided = Decided(
            status=ConflictStatus(made["status"]),
            decided_at=parse_datetime(made["decided_at"]),  # type: ignore[arg-type] # it is one
            standing=tuple(one for one in made["standing"] if one in made["seen"]),
            difference=made["difference"],
        )
        decision = {
            "status": made["status"],
            "text": decision_text(decided),
            "standing": [f"C{one}" for one in decided.standing],
            "difference": made["difference"] or None,
            "reason": made["reason"],
            "decided_at": moment(made["decided_at"]),
            "decided_by": None,
            "note": None,
        }
    return {
        **{name: conflict[name] for name in names},
        "url": f"{root}conflicts/{conflict['ref']}/",
        "decision": decision,
    }


def absence_as_sent(absence: Mapping[str, Any], root: str) -> dict[str, Any]:
    """An absence with what the last search found."""
    state = SearchState(
        version=0,
        run=1,
        outcome=AbsenceStatus(absence["outcome"]),
        searched=absence["searched"],
        documents=absence["documents"],
        run_at=None,
        in_part=0,
        is_outdated=False,
        unanswered=absence["unanswered"],
        answered=absence["answered"],
    )
    return {
        "series": absence["series"],
        "sources": [one["key"] for one in absence["sources"] or [] if is_public(one)],
        "terms": [{"text": one["text"], "language": ""} for one in absence["terms"]],
        **{name: absence[name] for name in ("matching", "outcome", "searched", "documents")},
        **{name: absence[name] for name in ("unanswered", "answered")},
        "said": absence_text(state),
        "run_at": moment(absence["run_at"]),
        "findings": [finding_as_sent(one, root) for one in absence["findings"]],
    }


def finding_as_sent(finding: Mapping[str, Any], root: str) -> dict[str, Any]:
    """The finding in one text; places where the whole of it may be read."""
    known = is_public(finding)
    may_read = known and finding["rights"] == "whole"
    return {
        "source": source_as_sent(finding, root) if known else None,
        "descriptor": None if known else finding["descriptor"],
        "outcome": finding["outcome"],
        "text_sha256": finding["text_sha256"] if may_read else None,
        "hit_count": finding["hits"] if known else None,
        "dismissed_count": finding["dismissed"] if known else None,
        "unanswered_count": finding["unanswered"] if known else None,
        "answered_count": finding["answered"] if known else None,
        "hits": [
            {**{name: place[name] for name in ("start", "end", "term")}, "dismissed": False}
            for place in finding["places"]
        ]
        if may_read
        else [],
    }
