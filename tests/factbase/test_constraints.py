"""Every named constraint, and a way to violate it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, models
from psycopg.types.range import Range

from sources.models import Source
from sources.vocabulary import Role
from tests import factories as make
from tests.museum import our_models, undone

Change = Callable[[Any], dict[str, Any]]

# A row of the museum as it is, written a second time.
TWICE: dict[str, Any] = {}
FIRST, EVER = Range(make.TODAY, None, "[)"), Range(None, make.TODAY, "[)")


def to_itself(field: str, **besides: Any) -> Change:
    """Another row refers to itself."""
    return lambda row: {"id": row.pk + 1_000, field: row.pk + 1_000, **besides}


def of_another_source(row: Any) -> dict[str, Any]:
    """The row is about a source that is in no series."""
    return {"source_id": Source.objects.filter(memberships__isnull=True)[0].pk}


def as_the(other: str, field: str) -> Change:
    """A field is the same as another one of the row."""
    return lambda row: {field: getattr(row, other)}


# Name of the constraint → what a row of the museum has otherwise when it is written again.
VIOLATIONS: dict[str, dict[str, Any] | Change] = {
    # sources
    "the kind of a publisher is a known kind": {"kind": "~"},
    "the reliability of a publisher is a letter A–F": {"reliability": "G"},
    "a publisher is not merged into itself": to_itself("merged_into_id", name="x"),
    "the letter of a judgement is a letter A–F": {"reliability": "G"},
    "a judgement of a publisher has a reason": {"reason": ""},
    "the key of a source is a slug": {"key": "-x"},
    "the rights in a source are known rights": {"rights": "~"},
    "the access to a source is a known access": {"access": "~"},
    "the standing of a source is a known standing": {
        "standing": "~",
        "standing_on": make.TODAY.date(),
        "standing_reason": "Why.",
    },
    "a confidential source has a public descriptor": {"access": "staff", "public_descriptor": ""},
    "an opened source says since when and by whom": {
        "access": "public",
        "opened_at": make.TODAY,
    },
    "an opened source is not confidential": lambda row: {
        "access": "staff",
        "public_descriptor": "A paper",
        "opened_at": make.TODAY,
        "opened_by_id": make.somebody(Role.EDITOR).pk,
    },
    "a changed standing has a date and a reason": {"standing": "retracted"},
    "a source names an origin once": TWICE,
    "a source is not its own origin": as_the("source_id", "origin_id"),
    "the kind of an origin is a known kind": {"kind": "~"},
    "a source names a reader once": TWICE,
    "an account collects a quote once": TWICE,
    "the key of a series is a slug": {"key": "a b"},
    "a series names a source once": {"position": 99},
    "a place in a series is taken once": of_another_source,
    "the hash of a blob is a SHA-256 in small hex digits": {"sha256": "F" * 64},
    "a record of an archive is fixed before it is kept": lambda row: {
        "kept_at": row.captured_at - timedelta(days=1)
    },
    "an extractor's version draws one text from a blob": {"is_current": False},
    "a blob has one current text layer": {"version": "2"},
    "the fault of a job is a known fault": {"fault": "~"},
    "the outcome of an extraction is a known outcome": {"outcome": "~", "layer_id": None},
    "an extraction has a layer exactly when it drew text": {"layer_id": None},
    "the grade of an excerpt is a known grade": {"grade": "~", "is_verified": False},
    "a source has an excerpt of the same words and place once": TWICE,
    "a verified excerpt has a place in a text": {"grade": "missing", "is_verified": True},
    "the grade of a grading is a known grade": {"grade": "~"},
    "a grading's place starts before it ends": as_the("start", "end"),
    "located words have a place in a text layer": {"layer_id": None},
    "only without a text layer are words not located": {"grade": "unlocated"},
    "words found elsewhere name the source that has them": {"grade": "elsewhere"},
    "the kind of a confirmed doubt is a known kind": {"kind": "~"},
    "a confirmed doubt starts before it ends": as_the("start", "end"),
    "a doubt about a quote is confirmed once for the same words": TWICE,
    "a row is withheld once": TWICE,
    "two different people stand behind a withholding": as_the(
        "administrator_id", "second_person_id"
    ),
    "one request to withhold a row waits at a time": TWICE,
    "a second person decides on a request to withhold": as_the("requested_by_id", "decided_by_id"),
    "a decided request to withhold says by whom, when and how": {"decided_at": make.TODAY},
    # what claims are about
    "the key of an entity is a slug": {"key": "x\n"},
    "the kind of an entity is a known kind": {"kind": "~"},
    "an entity is not merged into itself": to_itself("merged_into_id", key="x", source_id=None),
    "an entity is not part of itself": to_itself("part_of_id", key="x", source_id=None),
    "only a document entity stands for a source": {"source_id": 1},
    "only a series entity stands for a series": {"series_id": 1},
    "the key of a topic is a slug": {"key": ""},
    "the key of a property is a slug": {"key": "é"},
    "the value kind of a property is a known kind": {"value_kind": "~", "unit": ""},
    "the time of a property is a known relation": {"time": "~"},
    "the extent of a date is a known extent": {
        "date_extent": "~",
        "value_kind": "date",
        "unit": "",
    },
    "only a date is all of its days": {"date_extent": "whole"},
    "only a quantity has a unit": {"value_kind": "count"},
    # claims and versions
    "a claim's external id is unique in its namespace": {"uuid": uuid.uuid4()},
    "a retraction says when, by whom and why": {"retracted_at": make.TODAY},
    "a claim is filed under a topic once": TWICE,
    "a claim has a version of each number once": {"published": None},
    "a claim has one version that is draft or submitted": {
        "number": 9,
        "status": "draft",
        "published": None,
    },
    "a claim has one newest version": {"number": 9, "status": "rejected", "published": None},
    "the status of a version is a known status": {"status": "~", "published": None},
    "the mode of a version is a known mode": {"mode": "~"},
    "the degree of a presence is a known degree": {"degree": "~"},
    "the decimal mark of a value is a known mark": {"decimal_mark": "~"},
    "only approved versions are published": {"status": "submitted", "published": FIRST},
    "a publication has a beginning": {"published": EVER, "status": "approved"},
    "taking a version off says when, by whom and why": {"taken_off_at": make.TODAY},
    "a publication holds its first moment and not its end": {
        "published": Range(make.TODAY, None, "()"),
        "status": "approved",
    },
    "a version is not published before it is written": {
        "published": Range(make.TODAY - timedelta(days=1), None, "[)"),
        "status": "approved",
    },
    "what was taken off is published no more": {
        "number": 9,
        "recorded_at": make.TODAY - timedelta(days=2),
        "published": Range(make.TODAY - timedelta(days=2), make.TODAY, "[)"),
        "status": "approved",
        "taken_off_at": make.TODAY - timedelta(days=1),
        "taken_off_by_id": 1,
        "taken_off_reason": "Why.",
    },
    "a property is said of a subject": {"subject_id": None},
    "an aspect belongs to a property": {"aspect_id": 1, "property_id": None, "amount": None},
    "a version has one value with a property and none without": {"value_text": "a second value"},
    "the versions of a claim are numbered from 1": {"number": 0},
    "published ranges of a claim never overlap": {"number": 9},
    "a place in a chain of asserters is taken once": TWICE,
    "an asserter is an entity or is described": {"description": ""},
    "a version rests on an excerpt once": TWICE,
    "the stance of evidence is a known stance": {"stance": "~"},
    "an absence names the terms that are not there": {"terms": []},
    "a scope names a source once": TWICE,
    "a version rests on another version once": TWICE,
    "a version is not its own premise": as_the("version_id", "rests_on_id"),
    # runs, flags, conflicts
    "the outcome of an absence run is a known outcome": {"outcome": "~"},
    "no more documents are searched than there are": {"searched": 9},
    "an absence holds where every document was searched": {"documents": 9, "outcome": "holds"},
    "no absence holds while words that come close are not judged": {
        "outcome": "holds",
        "unanswered": 2,
    },
    "an absence that is to be judged has words that come close": {
        "outcome": "unanswered",
        "unanswered": 0,
    },
    "a document is to be judged where words that come close are not": {
        "outcome": "absent",
        "hits": 0,
        "unanswered": 3,
    },
    "the matching of an absence is a known matching": {"matching": "~"},
    "a run finds one thing about a text of a source": TWICE,
    "what was searched has a text": {"layer_id": None},
    "a document has a term where a hit stands": as_the("dismissed", "hits"),
    "the outcome of a finding is a known outcome": {"outcome": "~", "hits": 0},
    "the kind of a flag is a known kind": {"kind": "~"},
    "a flag is closed by somebody at some time": {"closed_at": make.TODAY},
    "the kind of a conflict is a known kind": {"kind": "~"},
    "the strength of a conflict is a known strength": {"strength": "~"},
    "the status of a conflict is a known status": {"status": "~"},
    "a person asks the question of an editorial conflict": {"kind": "editorial"},
    "a merged conflict names the one it went into": {"status": "merged"},
    "a conflict is not merged into itself": to_itself("merged_into_id", status="merged"),
    "a claim is party to one live conflict on a question": lambda row: {
        "conflict_id": row.conflict_id + 1_000
    },
    "a claim is party to a conflict once": TWICE,
    "the status of a decision is a known status": {"status": "~"},
    "only what is reconciled names a known difference": {"difference": "scope"},
    "no person decides that a conflict lapsed or merged": {"status": "lapsed"},
    "the kind of a public conflict is a known kind": {"kind": "~"},
    "the strength of a public conflict is known": {"strength": "~"},
    "the status of a public conflict is known": {"status": "~"},
    "a version is party to a public conflict once": TWICE,
    # reviews
    "the decision of a review is a known decision": {"decision": "~", "note": "Why."},
    "nobody reviews what they wrote themselves": as_the("author_id", "reviewer_id"),
    "a review that does not approve says why": {"decision": "reject", "note": " "},
    "a review judges a piece of evidence once": TWICE,
    "the credibility of information is 1 to 6": {"credibility": 7},
    "the answer of a judgement is a known answer": {"makes_claim": False, "answer": "~"},
    "a quote that makes the claim was answered with yes": {"makes_claim": True, "answer": "no"},
    # fact sheets and accounts
    "the key of a fact sheet is a slug": {"key": "a/b"},
    "no fact sheet takes the address at which files are checked": {"key": "verify"},
    "a fact sheet has an edition of a number once": TWICE,
    "an edition rests on a version once": TWICE,
    "an edition has a file of a layout and format once": TWICE,
    "the format of an edition's file is a known format": {"format": "~"},
    "the layout of an edition's file is a known layout": {"layout": "~"},
    "an extract is of what was known when it was made": {
        "known_at": make.TODAY + timedelta(days=9_000)
    },
    "an extract has a claim": {"rows": 0},
    "versions of columns are counted from 1": {"columns": 0},
    "an extract has a version once": TWICE,
    "an extract names a source once": TWICE,
    "an extract has a file of a format once": TWICE,
    "the format of an extract's file is a known format": {"format": "~"},
    "one request to issue a fact sheet is under way at a time": TWICE,
    "the state of a request to issue is a known state": {"state": "~"},
    "a request to issue has an edition exactly when it is issued": {"state": "issued"},
    "a dictionary of a series has one version of each number": TWICE,
    "versions of a dictionary are numbered from 1": {"number": 0},
    "an account has a form unsaved once": TWICE,
    "a text is counted once for a version of a dictionary": TWICE,
    "the role of an account is a known role": {"role": "~", "username": "another"},
}

# Holds because it takes the primary key in; a foreign key needs it as its target.
NEVER_ALONE = {"a review can name a version with author and hash"}

# The rows on which a violation can be seen, where not every row will do.
WHICH: dict[str, dict[str, Any]] = {
    "a claim has one version that is draft or submitted": {"status": "draft"},
    "a claim is party to a conflict once": {"answers__isnull": True},
    "a claim's external id is unique in its namespace": {"external_id__isnull": False},
    "a person asks the question of an editorial conflict": {"question": ""},
    "only a quantity has a unit": {"unit__gt": ""},
    "a flag is closed by somebody at some time": {"closed_at__isnull": True},
    "one request to withhold a row waits at a time": {"decided_at__isnull": True},
    "a second person decides on a request to withhold": {"decided_at__isnull": False},
    "a decided request to withhold says by whom, when and how": {"decided_at__isnull": True},
}

CONSTRAINTS = {
    constraint.name: model for model in our_models() for constraint in model._meta.constraints
}


def test_every_constraint_has_a_violation() -> None:
    assert VIOLATIONS.keys() | NEVER_ALONE == CONSTRAINTS.keys()


def test_the_name_of_every_constraint_is_a_sentence_that_the_database_keeps_whole() -> None:
    for name in CONSTRAINTS:
        assert " " in name
        assert len(name.encode()) <= 63


@pytest.mark.parametrize("name", sorted(VIOLATIONS))
def test_a_row_that_breaks_the_constraint_is_refused(museum: None, name: str) -> None:
    model = CONSTRAINTS[name]
    row = model._default_manager.filter(**WHICH.get(name, {})).order_by("pk")[0]
    change = VIOLATIONS[name]
    values = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.local_concrete_fields
        if not field.primary_key and not field.generated
    }
    values |= change(row) if callable(change) else change
    with pytest.raises(IntegrityError) as refused, undone("owner"):
        write(model, values)
    diagnosis: Any = refused.value.__cause__
    assert diagnosis.diag.constraint_name == name


def write(model: type[models.Model], values: dict[str, Any]) -> None:
    """Insert as the owner with the guards away, so that the constraint alone can refuse."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        model(**values).save_base(raw=True, force_insert=True, using="owner")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_every_moment_has_its_person() -> None:
    alone = {
        # The clock and detection do these, not a person.
        *("Flag.opened_at", "ConflictMember.joined_at", "ConflictMember.left_at"),
        *("PublicConflict.opened_at", "PublicConflictMember.joined_at"),
        *("PublicConflictMember.left_at", "Extraction.extracted_at", "AbsenceRun.run_at"),
        "JobFailure.failed_at",
        *("TextWords.counted_at", "TopicCount.counted_at"),
        # A moment that is asked about.
        "Extract.known_at",
        # The person has a name of their own: author, reviewer, administrator, who chose.
        *("Version.recorded_at", "Review.decided_at", "Withholding.withheld_at"),
        *("Grading.graded_at", "Capture.kept_at"),
    }
    for model in our_models():
        names = {field.name for field in model._meta.local_concrete_fields}
        for name in names:
            if name.endswith("_at") and not name.startswith("pgh_"):
                paired = f"{name.removesuffix('_at')}_by" in names
                of = model.__name__.removesuffix("Event")
                assert paired or f"{of}.{name}" in alone, f"{model.__name__}.{name} is alone"


def test_days_end_in_on_and_moments_in_at() -> None:
    for model in our_models():
        if model.__name__ in ("User", "UserEvent"):
            continue  # Django's own names
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.DateTimeField):
                assert field.name.endswith("_at"), f"{model.__name__}.{field.name}"
            elif isinstance(field, models.DateField):
                assert field.name.endswith("_on"), f"{model.__name__}.{field.name}"
