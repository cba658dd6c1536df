"""The filters of claims, one set for the API, the desk and the saved queries of fact sheets.

Each is asked of the version of a claim that the reader sees. For the public everything is computed
from what it may see: public conflicts, sources that are not confidential.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import (
    Asserter,
    ClaimTopic,
    ConflictMember,
    Evidence,
    Premise,
    PublicConflictMember,
    Version,
)
from claims.querysets.conflicts import DISPUTING
from claims.querysets.support import has_support
from claims.readings.known_keys import ENTITIES, PROPERTIES, TOPICS
from claims.readings.value_filters import unit_holds, value_holds
from claims.vocabulary import (
    ConflictKind,
    ConflictStatus,
    Degree,
    Mode,
    Stance,
    Status,
    Strength,
    ValueKind,
)
from sources.domain.dates import parse_dates
from sources.domain.query import read_clause
from sources.domain.query_values import (
    is_within_date,
    is_within_number,
    read_code,
    read_reference,
    read_uuid,
    read_whole_number,
)
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.querysets.public_sources import is_allowed
from sources.readings.filters import (
    Asked,
    Filter,
    Filters,
    Holds,
    WordSearch,
    is_empty,
    is_null,
    of_codes,
    of_truth,
    one_of,
    related,
)
from sources.readings.known_keys import PUBLISHERS, SOURCES
from sources.readings.reader import Reader
from sources.readings.source_filters import in_language, of_keys, on_days, since
from sources.vocabulary import Grade, Standing

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


def _reference(words: Sequence[str], _asked: Asked) -> Q:
    condition = Q()
    for word in words:
        claim, number = read_reference(word, "C")
        condition |= Q(claim=claim) if number is None else Q(claim=claim, number=number)
    return condition


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


def _support(words: Sequence[str], _asked: Asked) -> Q:
    return has_support(min(read_whole_number(word, least=1, most=100) for word in words))


def _rests_on(words: Sequence[str], asked: Asked) -> Q:
    """Rests on a version of the claim, of those that the reader may see as a premise."""
    premises = Version.objects.filter(_reference(words, asked))
    if not asked.reader.is_staff:
        premises = premises.ever_published(asked.reader.at)
    return related(Premise.objects.filter(rests_on__in=premises), "version")


def _disputed(asked: Asked) -> Q:
    return _in_conflict(Q(conflict__status__in=DISPUTING), asked.reader)


# Conditions on one of its quotes, or one of its conflicts.


def _quoting(condition: Q, _reader: Reader) -> Q:
    return related(Evidence.objects.all(), "version", condition)


def _in_conflict(condition: Q, reader: Reader) -> Q:
    """Party to such a conflict, as the reader's audience sees it."""
    if reader.is_staff:
        return related(ConflictMember.objects.open(), "claim", condition, to="claim")
    return related(PublicConflictMember.objects.open(reader.at), "version", condition)


def _known_source(condition: Callable[[Sequence[str], Asked], Q]) -> Holds:
    """The condition on a quote's source, of those that the reader may know by name."""

    def holds(words: Sequence[str], asked: Asked) -> Q:
        allowed = is_allowed(Source, asked.reader.account, path="excerpt__source")
        return allowed & condition(words, asked)

    return holds


def _no_quote_with(**columns: Any) -> Callable[[Asked], Q]:
    """The condition that no quote of a known source has it."""

    def none(asked: Asked) -> Q:
        allowed = is_allowed(Source, asked.reader.account, path="excerpt__source")
        return ~_quoting(allowed & Q(**columns), asked.reader)

    return none


def _publisher(words: Sequence[str], asked: Asked) -> Q:
    return Q(excerpt__source__publisher__in=PUBLISHERS.ids(words, asked.reader))


def _conflict(words: Sequence[str], asked: Asked) -> Q:
    numbers = [read_reference(word, "K")[0] for word in words]
    column = "conflict" if asked.reader.is_staff else "conflict__number"
    return Q(**{f"{column}__in": numbers})


def _no_conflict(asked: Asked) -> Q:
    return ~_in_conflict(Q(), asked.reader)


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

_QUOTES: Filters = {
    "source": Filter(
        help_text=_(
            "The key of a source that is quoted. What is said of quotes is said of one of them."
        ),
        holds=of_keys(SOURCES, "excerpt__source"),
        having=_quoting,
    ),
    "publisher": Filter(
        help_text=_("The name of the publisher of a source that is quoted."),
        holds=_known_source(_publisher),
        none=_no_quote_with(excerpt__source__publisher__isnull=False),
        having=_quoting,
    ),
    "source_type": Filter(
        help_text=_(
            "The type of a source that is quoted, in CSL terms, such as article-newspaper."
        ),
        holds=_known_source(one_of("excerpt__source__type")),
        having=_quoting,
    ),
    "standing": of_codes(
        "excerpt__source__standing",
        Standing,
        help_text=_("Where a source that is quoted stands with its publisher."),
        having=_quoting,
    ),
    "grade": of_codes(
        "excerpt__grade", Grade, help_text=_("How a quote stands in its source."), having=_quoting
    ),
    "stance": of_codes(
        "stance", Stance, help_text=_("What a quote does for the claim."), having=_quoting
    ),
    "support_at_least": Filter(
        help_text=_("How many independent origins support it, at least: 1 to 100."), holds=_support
    ),
}

_CONFLICTS: Filters = {
    "disputed": of_truth(
        _disputed,
        help_text=_("Whether the claim is in a conflict: open, confirmed or irreducible."),
    ),
    "conflict": Filter(
        help_text=_("The reference of a conflict that it is party to, such as K5."),
        holds=_conflict,
        none=_no_conflict,
        having=_in_conflict,
    ),
    "conflict_kind": of_codes(
        "conflict__kind",
        ConflictKind,
        help_text=_(
            "What a conflict is about that it is party to; strength and status of the same."
        ),
        having=_in_conflict,
    ),
    "conflict_strength": of_codes(
        "conflict__strength",
        Strength,
        help_text=_("How hard that conflict is."),
        having=_in_conflict,
    ),
    "conflict_status": of_codes(
        "conflict__status",
        ConflictStatus,
        help_text=_("Where that conflict stands."),
        having=_in_conflict,
    ),
}

CLAIM_FILTERS: Filters = {**_WORDS, **_ABOUT, **_VALUE, **_TIME, **_QUOTES, **_CONFLICTS}
