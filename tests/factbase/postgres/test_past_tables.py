"""Every table has its past, or a reason why it needs none."""

import pytest
from django.apps import apps

from claims.models.past_tables import HISTORIES
from factbase.postgres.past_schemas import SCHEMAS

OF_NOW = "who may know it, and what is gone, is decided today"
OF_A_VERSION = "content of a version, reached by it alone and never changed"
OF_AN_EDITION = "part of an edition, reached by it alone and never changed"
OF_AN_EXTRACT = "a query that was frozen says itself of which time it is"
OF_A_FILE = "bytes and texts are what they are; captures and gradings say when"
OF_A_SEARCH = "words by which rows are found, not what is told of them"
OF_THE_DESK = "no address that takes a time shows it"

WITHOUT_A_PAST = {
    "claims_absencedocument": OF_A_VERSION,
    "claims_absencescope": OF_A_VERSION,
    "claims_asserter": OF_A_VERSION,
    "claims_evidence": OF_A_VERSION,
    "claims_premise": OF_A_VERSION,
    **dict.fromkeys(
        (
            "claims_extract",
            "claims_extractfile",
            "claims_extractsource",
            "claims_extractversion",
            "claims_extractwithdrawal",
        ),
        OF_AN_EXTRACT,
    ),
    **dict.fromkeys(
        (
            "claims_entitywords",
            "claims_topicwords",
            "claims_versionwords",
            "sources_searchlanguage",
            "sources_sourcewords",
        ),
        OF_A_SEARCH,
    ),
    "claims_finding": "part of a search, reached by it alone and never changed",
    "claims_judgement": "part of a review, reached by it alone and never changed",
    "claims_editionfile": OF_AN_EDITION,
    "claims_editionversion": OF_AN_EDITION,
    "claims_dictionaryversion": OF_THE_DESK,
    "claims_issuerequest": OF_THE_DESK,
    "claims_stopwords": OF_THE_DESK,
    "claims_textwords": OF_THE_DESK,
    "claims_topiccount": OF_THE_DESK,
    "claims_unsavedentry": "typed by one account and shown to no other, at no time",
    "claims_use": OF_THE_DESK,
    "sources_blob": OF_A_FILE,
    "sources_collectedquote": "collected by one account and shown to no other, at no time",
    "sources_jobfailure": OF_THE_DESK,
    "sources_publisherjudgement": OF_THE_DESK,
    "sources_sourcereader": OF_NOW,
    "sources_textlayer": OF_A_FILE,
    "sources_withholding": OF_NOW,
    "sources_withholdingrequest": OF_NOW,
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_table_has_a_past_or_a_reason(schema: str) -> None:
    tables = {
        model._meta.db_table
        for app in ("sources", "claims")
        for model in apps.get_app_config(app).get_models()
        if not model._meta.db_table.endswith("event")
    }
    with_past = {table.model._meta.db_table for table in SCHEMAS[schema]}

    assert with_past.isdisjoint(WITHOUT_A_PAST)
    assert with_past | WITHOUT_A_PAST.keys() == tables


def test_histories_that_are_read_have_a_past() -> None:
    assert set(HISTORIES) <= {model._meta.db_table for model in apps.get_models()}
