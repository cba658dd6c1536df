"""Every field of every model is filtered by in a list of the API, or exempted by name with why."""

import pytest
from django.apps import apps

from factbase.api.router import LISTS

# The filter by which a field is asked for: the list and its parameter.
FILTERED = {
    "Publisher": {
        "name": "sources?publisher",
        "aliases": "sources?publisher",
        "merged_into": "sources?publisher",
        "kind": "sources?publisher_kind",
        "country": "sources?publisher_country",
        "reliability": "sources?reliability",
    },
    "Source": {
        "key": "sources?key",
        "type": "sources?type",
        "title": "sources?q",
        "authors": "sources?q",
        "search_text": "sources?q",
        "publisher": "sources?publisher",
        "container": "sources?container",
        "issued": "sources?issued",
        "issued_days": "sources?issued",
        "url": "sources?url",
        "doi": "sources?doi",
        "isbn": "sources?isbn",
        "language": "sources?language",
        "number": "sources?number",
        "rights": "sources?rights",
        "access": "sources?access",
        "standing": "sources?standing",
        "standing_on": "sources?standing_since",
    },
    "SourceOrigin": {
        "source": "sources?key",
        "origin": "sources?origin",
        "kind": "sources?origin_kind",
    },
    "Series": {"key": "series?key", "title": "series?title"},
    "SeriesMember": {"series": "sources?series", "source": "series?source"},
    "Blob": {"sha256": "captures?sha256"},
    "Capture": {
        "source": "captures?source",
        "blob": "captures?sha256",
        "media_type": "captures?media_type",
        "captured_at": "captures?captured_since",
        "fetched_from": "captures?fetched_from",
        "archive_url": "captures?archive_url",
    },
    "Excerpt": {
        "id": "excerpts?claim",
        "source": "excerpts?source",
        "locator": "excerpts?locator",
        "page": "excerpts?page",
        "language": "excerpts?language",
        "translated_by": "excerpts?translated_by",
        "translation_method": "excerpts?translation_method",
        "grade": "excerpts?grade",
        "is_verified": "excerpts?verified",
        "created_at": "excerpts?quoted_since",
    },
    "Entity": {
        "key": "entities?key",
        "label": "entities?label",
        "kind": "entities?kind",
        "aliases": "entities?q",
        "search_text": "entities?q",
        "wikidata": "entities?wikidata",
        "part_of": "entities?part_of",
        "merged_into": "entities?merged_into",
        "source": "entities?source",
        "series": "entities?series",
    },
    "Topic": {"key": "topics?key", "name": "topics?name", "parent": "topics?parent"},
    "Property": {
        "key": "properties?key",
        "label": "properties?label",
        "value_kind": "properties?value_kind",
        "unit": "properties?unit",
        "single_valued": "properties?single_valued",
        "time": "properties?time",
        "date_extent": "properties?date_extent",
        "bases": "properties?basis",
    },
    "Claim": {
        "id": "claims?ref",
        "uuid": "claims?uuid",
        "retracted_at": "claims?retracted_since",
    },
    "ClaimTopic": {"claim": "claims?ref", "topic": "claims?topic"},
    "Version": {
        "claim": "claims?ref",
        "number": "claims?ref",
        "recorded_at": "claims?recorded_since",
        "status": "claims?status",
        "published": "claims?published_since",
        "content_hash": "claims?content_hash",
        "statement": "claims?q",
        "search_text": "claims?q",
        "words": "claims?q",
        "as_written": "claims?q",
        "language": "claims?language",
        "subject": "claims?subject",
        "property": "claims?property",
        "aspect": "claims?aspect",
        "basis": "claims?basis",
        "value": "claims?value",
        "amount": "claims?value_overlaps",
        "point": "claims?value",
        "dates": "claims?value_above",
        "truth": "claims?value",
        "value_entity": "claims?value_entity",
        "value_text": "claims?value",
        "degree": "claims?degree",
        "approximate": "claims?approximate",
        "period": "claims?period",
        "period_days": "claims?period_within",
        "asserted_on": "claims?asserted_on",
        "mode": "claims?mode",
    },
    "Asserter": {"entity": "claims?asserter"},
    "Evidence": {
        "version": "excerpts?claim",
        "excerpt": "claims?source",
        "stance": "claims?stance",
    },
    "Premise": {"rests_on": "claims?rests_on"},
    "Conflict": {
        "id": "claims?conflict",
        "kind": "conflicts?kind",
        "strength": "conflicts?strength",
        "status": "conflicts?status",
        "same_source": "conflicts?same_source",
        "opened_at": "conflicts?opened_since",
    },
    "ConflictMember": {"conflict": "claims?conflict", "claim": "conflicts?claim"},
    "PublicConflict": {
        "number": "claims?conflict",
        "kind": "claims?conflict_kind",
        "strength": "claims?conflict_strength",
        "status": "claims?conflict_status",
        "same_source": "conflicts?same_source",
        "opened_at": "conflicts?opened_since",
    },
    "PublicConflictMember": {"conflict": "claims?conflict", "version": "conflicts?claim"},
    "FactSheet": {"key": "editions?fact_sheet"},
    "Edition": {
        "fact_sheet": "editions?fact_sheet",
        "number": "editions?number",
        "issued_at": "editions?issued_since",
    },
    "EditionVersion": {"version": "editions?claim"},
}

PERSON = "an account: who did it is for the desk, at the desk"
NOTE = "prose of the desk, which nobody looks up by its words"
ROW = "a number of the database alone"
TYPED = "how it was typed; what it means is filtered by"

EXEMPT = {
    "Publisher": {"site": "its own site, which its name leads to", "reliability_reason": NOTE},
    "PublisherJudgement": {
        "publisher": "for the desk: the latest judgement is the publisher's reliability",
        "reliability": "for the desk: the latest one is asked for by sources?reliability",
        "reason": NOTE,
        "judged_at": "for the desk",
        "judged_by": PERSON,
    },
    "Source": {
        "csl": "the whole record; its members are columns where they are asked for",
        "public_descriptor": "stands for a confidential source and must not lead to it",
        "opened_at": "how a source became public tells what the desk works on",
        "opened_by": PERSON,
        "standing_reason": NOTE,
        "standing_passages": NOTE,
    },
    "SeriesMember": {"position": "the order inside one series, which its address gives whole"},
    "Blob": {"size": "of no use to a question"},
    "Capture": {
        "id": "its address",
        "file_name": "for the desk: a file's name can name a person",
        "captured_by": PERSON,
        "kept_at": "for the desk",
        "response": "for the desk: what a server answered",
        "page_label_offset": "for the desk: how pages are counted",
    },
    "Excerpt": {
        "exact": "words of quotes are found by search",
        "prefix": "what stands before the words",
        "suffix": "what stands behind the words",
        "translation": "words of quotes are found by search",
        "left_out": "what is not printed of the words",
        "created_by": PERSON,
    },
    "Claim": {
        "namespace": "the name of an import: for the desk, and not sent",
        "external_id": "a number of whoever sent it: for the desk, and not sent",
        "created_at": "when the desk began to write; `recorded_since` asks for what is read",
        "created_by": PERSON,
        "retracted_by": PERSON,
        "retracted_reason": NOTE,
    },
    "Version": {
        "id": ROW,
        "author": PERSON,
        "change_note": NOTE,
        "recorded_in": ROW,
        "taken_off_at": "what was taken off is in no list",
        "taken_off_by": PERSON,
        "taken_off_reason": NOTE,
        "hash_format": "how the hash is made",
        "salt": "keeps the hash from being guessed",
        "decimal_mark": TYPED,
        "detection_key": "how values are compared; `conflict` asks for what came of it",
        "key_without_basis": "how values are compared",
        "is_compared": "how values are compared",
        "counts_by_value": "how values are compared",
        "is_newest": "which version is seen",
    },
    "Asserter": {
        "version": ROW,
        "position": "an asserter is found at any place of the chain",
        "description": "an unnamed person, whom no filter should single out",
    },
    "Evidence": {"own_origin": "counts for `support_at_least`, and is not sent"},
    "Premise": {"version": ROW, "formula": TYPED},
    "Conflict": {
        "question": "prose; a conflict is found by its claims",
        "opened_by": PERSON,
        "merged_into": "for the desk: the conflict says it",
        "split_from": "for the desk, and not sent",
    },
    "ConflictMember": {
        "answers": "how values are compared",
        "versions": "which were compared; `claim` finds them",
        "joined_at": "of one party; the conflict has its own time",
        "left_at": "who has left is no party",
    },
    "PublicConflict": {
        "conflict": "the desk's record, which the public does not know",
        "question": "prose; a conflict is found by its claims",
    },
    "PublicConflictMember": {
        "joined_at": "of one party; the conflict has its own time",
        "left_at": "who has left is no party",
    },
    "FactSheet": dict.fromkeys(
        (
            *("title", "language", "style", "summary", "sections", "unknown", "shows"),
            *("revision", "saved_at", "saved_by", "created_at", "created_by"),
        ),
        "what an editor is writing; readers have editions",
    ),
    "Edition": {
        "issued_by": PERSON,
        "replaces": "a member of the edition",
        "content": "what stands in it; `claim` finds what it rests on",
        "manifest": "what stands in it; `claim` finds what it rests on",
        "manifest_sha256": "a member of the edition, by which nobody looks it up",
        "notes": NOTE,
    },
    "EditionVersion": {"edition": "editions are listed", "content_hash": "in the manifest"},
}

# Models without a list of their own.
UNLISTED = {
    **dict.fromkeys(
        ("EntityWords", "SearchLanguage", "SourceWords", "TopicWords", "VersionWords"),
        "the index of a search, which `q` asks",
    ),
    "SourceReader": "who may read a source named for persons is told to nobody",
    "TextLayer": "texts are read through captures",
    "Extraction": "the latest is told with the capture",
    "Grading": "the latest is told with the excerpt",
    "Confirmation": "told with the excerpt",
    "JobFailure": "of the machine",
    "Withholding": "tells what was withheld",
    "WithholdingRequest": "tells what is to be withheld",
    "AbsenceScope": "told with the claim, which `property` finds",
    "AbsenceDocument": "told with the claim",
    "AbsenceRun": "told with the claim",
    "Finding": "told with the claim",
    "Dismissal": "for the desk",
    "ConflictDecision": "told with the conflict; its status is that of the conflict",
    "DictionaryVersion": "read at its series",
    "StopWords": "read at its series",
    "Extract": "has a list of its own, by reference; each names its query",
    "ExtractVersion": "told with the extract",
    "ExtractSource": "told with the extract",
    "ExtractFile": "told with the extract",
    "ExtractWithdrawal": "told with the extract",
    "EditionFile": "told with the edition",
    "Erratum": "told with the edition",
    "EditionWithdrawal": "told with the edition",
    "Flag": "for the desk, at the desk",
    "Use": "for the desk, at the desk",
    "IssueRequest": "of the machine",
    "UnsavedEntry": "for the account alone that typed it",
    "CollectedQuote": "for the account alone that collected it",
    "RemovedQuote": "for the desk, at the desk",
    "Review": "for the desk, below its claim",
    "Judgement": "for the desk, with its review",
    "TextWords": "counted; read at the series",
    "TopicCount": "counted; read at the series",
}

MODELS = {
    model.__name__: model
    for app in ("sources", "claims")
    for model in apps.get_app_config(app).get_models()
    if not model.__name__.endswith("Event")
}


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_field_is_filtered_by_or_exempted_with_a_reason(name: str) -> None:
    fields = {field.name for field in MODELS[name]._meta.concrete_fields}
    filtered, exempt = FILTERED.get(name, {}), EXEMPT.get(name, {})

    if name in UNLISTED:
        assert not filtered
        assert not exempt
    else:
        assert fields - filtered.keys() - exempt.keys() - {"id"} == set()
    assert (filtered.keys() | exempt.keys()) - fields == set()
    assert filtered.keys() & exempt.keys() == set()


def test_no_model_is_named_that_is_not_there() -> None:
    assert (FILTERED.keys() | EXEMPT.keys() | UNLISTED.keys()) - MODELS.keys() == set()


@pytest.mark.parametrize(
    "named", sorted({where for fields in FILTERED.values() for where in fields.values()})
)
def test_each_filter_that_is_named_is_one_of_the_list(named: str) -> None:
    listed, _mark, parameter = named.partition("?")

    assert parameter in LISTS[listed].filters
