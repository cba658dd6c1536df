"""The filters of claims, one set for the API, the desk and the saved queries of fact sheets.

Each is asked of the version of a claim that the reader sees. For the public everything is computed
from what it may see: public conflicts, sources that are not confidential.
"""

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import Asserter, ClaimTopic, Premise, Version
from claims.readings.evidence_filters import PARTY_FILTERS, QUOTED_FILTERS
from claims.readings.known_keys import ENTITIES, PROPERTIES, TOPICS
from claims.readings.value_filters import unit_holds, value_holds
from claims.vocabulary import Degree, Mode, Status, ValueKind
from sources.domain.dates import parse_dates
from sources.domain.query import read_clause
from sources.domain.query_values import (
    is_within_date,
    is_within_number,
    read_code,
    read_uuid,
)
from sources.domain.refusals import Refusal
from sources.readings.filters import (
    Asked,
    Filter,
    Filters,
    WordSearch,
    is_empty,
    is_null,
    of_codes,
    of_truth,
    one_of,
    related,
)
from sources.readings.source_filters import in_language, of_keys, of_references, on_days, since

STATUSES = ("published", "retracted", *(status.value for status in Status))


def asks_for_retracted(parameters: Mapping[str, Sequence[str]]) -> bool:
    """Whether a query names retracted claims: a list has them only then."""
    for written in parameters.get("status", ()):
        try:
            clause = read_clause(written)
        except Refusal:
            continue
        if "retracted" in clause.words and not clause.is_negated:
            return True
    return False


# Conditions on the version.


def _status(words: Sequence[str], asked: Asked) -> Q:
    condition = Q()
    for word in words:
        condition |= Version.objects.is_of_status(read_code(word, STATUSES), asked.reader.at)
    return condition


_reference = of_references("claim", "number")


def _topic(words: Sequence[str], asked: Asked) -> Q:
    topics = TOPICS.ids(words, asked.reader)
    return related(ClaimTopic.objects.filter(topic__in=topics), "claim", to="claim")


def _entity(words: Sequence[str], asked: Asked) -> Q:
    return Version.objects.is_about(ENTITIES.ids(words, asked.reader))


def _asserter(words: Sequence[str], asked: Asked) -> Q:
    entities = ENTITIES.ids(words, asked.reader)
    return related(Asserter.objects.filter(entity__in=entities), "version")


def _asserted_on(words: Sequence[str], _asked: Asked) -> Q:
    asked_for = [parse_dates(word).days for word in words]
    return Q(asserted_on__in=Version.objects.all().dates_of_assertion(asked_for))


def _rests_on(words: Sequence[str], asked: Asked) -> Q:
    """Rests on a version of the claim, of those that the reader may see as a premise."""
    premises = Version.objects.filter(_reference(words, asked))
    if not asked.reader.is_staff:
        premises = premises.ever_published(asked.reader.at)
    return related(Premise.objects.filter(rests_on__in=premises), "version")


def _no_asserter(_asked: Asked) -> Q:
    return ~related(Asserter.objects.all(), "version")


def _no_topic(_asked: Asked) -> Q:
    return ~related(ClaimTopic.objects.all(), "claim", to="claim")


def _no_premise(_asked: Asked) -> Q:
    return ~related(Premise.objects.all(), "version")


_WORDS: Filters = {
    "q": WordSearch(
        _(
            "Words of the statement, the value, the quotes, the titles, authors and publishers of "
            "what is quoted, or names and other names of entities and topics, in any form; all "
            'must be there. "quoted phrase", or, and -word after another word are understood; so '
            "are DOI, ISBN and web address."
        )
    ),
    "ref": Filter(
        help_text=_("The reference: C17, or C17/v2 where that version is the one seen."),
        holds=_reference,
    ),
    "uuid": Filter(
        help_text=_("The name of the claim between installations."),
        holds=one_of("claim__uuid", read_uuid),
    ),
    "status": Filter(
        help_text=_(
            "Where the claim stands. The public sees published and retracted claims only: for it, "
            "the words of review list what is published, or nothing. Retracted claims are in the "
            "list where they are named: `published,retracted`."
        ),
        words=STATUSES,
        holds=_status,
    ),
    "language": Filter(
        help_text=_("The BCP 47 tag of the statement's language; zh means zh-Hans, too."),
        holds=in_language("language"),
    ),
    "mode": of_codes("mode", Mode, help_text=_("How sure the assertion is.")),
    "content_hash": Filter(help_text=_("The hash of the content."), holds=one_of("content_hash")),
}

_ABOUT: Filters = {
    "topic": Filter(
        help_text=_("The key of a topic that the claim is filed under, or under one below it."),
        holds=_topic,
        none=_no_topic,
    ),
    "entity": Filter(
        help_text=_(
            "The key of an entity that is subject, value or asserter. An entity stands for its "
            "parts and for what was merged into it, here and below."
        ),
        holds=_entity,
    ),
    "subject": Filter(
        help_text=_("The key of the subject, with its parts."),
        holds=of_keys(ENTITIES, "subject"),
        none=is_null("subject"),
    ),
    "value_entity": Filter(
        help_text=_("The key of the entity that is the value, with its parts."),
        holds=of_keys(ENTITIES, "value_entity"),
        none=is_null("value_entity"),
    ),
    "asserter": Filter(
        help_text=_(
            "The key of an entity that says so, with its parts, at any place of the chain."
        ),
        holds=_asserter,
        none=_no_asserter,
    ),
    "property": Filter(
        help_text=_("The key of the property."),
        holds=of_keys(PROPERTIES, "property"),
        none=is_null("property"),
    ),
    "aspect": Filter(
        help_text=_("The key of the topic that is the aspect, or of one above it."),
        holds=of_keys(TOPICS, "aspect"),
        none=is_null("aspect"),
    ),
    "basis": Filter(
        help_text=_("The definition or measure that the value goes by, exactly."),
        holds=one_of("basis"),
        none=is_empty("basis"),
    ),
    "rests_on": Filter(
        help_text=_("The reference of a claim or version that it rests on."),
        holds=_rests_on,
        none=_no_premise,
    ),
}

_VALUE: Filters = {
    "value": Filter(
        help_text=_(
            "The value, written as claims write theirs: `9%`, `20..25`, `absent`, `May 2025`. "
            "Of a number, the number that was written; of a range, the same range."
        ),
        holds=value_holds("equal"),
        none=is_null("property"),
        is_within_word=is_within_number,
    ),
    "value_above": Filter(
        help_text=_("A number, or a date: all that the value covers lies above it, or after it."),
        holds=value_holds("above"),
        is_within_word=is_within_number,
    ),
    "value_below": Filter(
        help_text=_("A number, or a date: all that the value covers lies below it, or before it."),
        holds=value_holds("below"),
        is_within_word=is_within_number,
    ),
    "value_overlaps": Filter(
        help_text=_(
            "A number, range or date that has something in common with what the value covers."
        ),
        holds=value_holds("overlaps"),
        is_within_word=is_within_number,
    ),
    "unit": Filter(
        help_text=_(
            "The unit of the property, or one that converts into it; that of numbers typed without "
            "one, too. Currencies do not convert."
        ),
        holds=unit_holds,
        none=lambda _asked: Q(property__unit=""),
    ),
    "value_kind": of_codes(
        "property__value_kind",
        ValueKind,
        help_text=_("The kind of value."),
        none=is_null("property"),
    ),
    "degree": of_codes(
        "degree", Degree, help_text=_("How much room a presence is given."), none=is_empty("degree")
    ),
    "approximate": of_truth(
        lambda _asked: Q(approximate=True), help_text=_("Whether the value is approximate.")
    ),
}

_TIME: Filters = {
    "period": Filter(
        help_text=_(
            "A day, month, year or interval in words (H1 2025, since 2013) or in EDTF (2025-05, "
            "2024/2025, 2025/..): claims whose "
            "period has a day in common with it. Claims without a period are `none`."
        ),
        holds=on_days("period_days__overlap"),
        none=is_null("period_days"),
        is_within_word=is_within_date,
    ),
    "period_within": Filter(
        help_text=_("Claims whose period lies wholly in this one."),
        holds=on_days("period_days__contained_by"),
        none=is_null("period_days"),
        is_within_word=is_within_date,
    ),
    "asserted_on": Filter(
        help_text=_("When it was said: what it says of that has a day in common with this."),
        holds=_asserted_on,
        none=is_empty("asserted_on"),
        is_within_word=is_within_date,
    ),
    "recorded_since": Filter(
        help_text=_("A moment, or the first of some days, in UTC: recorded then or later."),
        holds=since("recorded_at"),
        is_within_word=is_within_date,
    ),
    "retracted_since": Filter(
        help_text=_("A moment, or the first of some days, in UTC: taken back since; see `status`."),
        holds=since("claim__retracted_at"),
        none=is_null("claim__retracted_at"),
        is_within_word=is_within_date,
    ),
    "published_since": Filter(
        help_text=_(
            "A moment, or the first of some days, in UTC: what is seen was published since."
        ),
        holds=since("published__startswith"),
        none=is_null("published"),
        is_within_word=is_within_date,
    ),
}

CLAIM_FILTERS: Filters = {**_WORDS, **_ABOUT, **_VALUE, **_TIME, **QUOTED_FILTERS, **PARTY_FILTERS}
