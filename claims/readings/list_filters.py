"""The filters of the catalogue (entities, properties, topics), of conflicts and of editions."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import Conflict, EditionVersion, PublicConflict
from claims.readings.claims import read_claim
from claims.readings.known_keys import (
    ENTITIES,
    ENTITY_ALONE,
    FACT_SHEETS,
    PROPERTIES,
    TOPIC_ALONE,
    TOPICS,
)
from claims.vocabulary import (
    ConflictKind,
    ConflictStatus,
    DateExtent,
    EntityKind,
    PropertyTime,
    Strength,
    ValueKind,
)
from sources.domain.query import QueryRefused
from sources.domain.query_values import is_within_date, read_reference, read_whole_number
from sources.domain.refusals import quoted
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
from sources.readings.known_keys import SERIES, SOURCES
from sources.readings.reader import Reader
from sources.readings.source_filters import of_keys, of_references, since


def _bases(words: Sequence[str], _asked: Asked) -> Q:
    condition = Q()
    for word in words:
        condition |= Q(bases__contains=[word])
    return condition


def _with_claim(words: Sequence[str], asked: Asked) -> Q:
    """Those that a claim is party to, and those that ended for it by a removal."""
    condition = Q()
    for word in words:
        claim, version = read_reference(word, "C")
        if version is not None:
            raise QueryRefused(
                "invalid",
                _("%(word)s is a version. Parties are claims, whatever they say: write C%(claim)d.")
                % {"word": quoted(word), "claim": claim},
            )
        condition |= is_with_claim(claim, asked.reader)
    return condition


def is_with_claim(claim: int, reader: Reader) -> Q:
    """The condition that the claim is party to a conflict, or was until a party was removed."""
    shown = read_claim(claim, reader)
    ended = [] if shown is None else [one.conflict.record for one in shown.former_conflicts]
    rows = Conflict.objects if reader.is_staff else PublicConflict.objects
    return Q(pk__in=ended) | Q(pk__in=rows.all().with_claim(claim, reader.at).values("pk"))


def _rests_on(words: Sequence[str], asked: Asked) -> Q:
    return related(EditionVersion.objects.filter(_VERSIONS(words, asked)), "edition")


_VERSIONS = of_references("version__claim", "version__number")


ENTITY_FILTERS: Filters = {
    "q": WordSearch(_("Words of the label, an alias or the key, in any form.")),
    "key": Filter(help_text=_("The key."), holds=of_keys(ENTITY_ALONE, "pk")),
    "label": Filter(help_text=_("The label, exactly."), holds=one_of("label")),
    "kind": of_codes("kind", EntityKind, help_text=_("What the entity is.")),
    "wikidata": Filter(
        help_text=_("The id in Wikidata."), holds=one_of("wikidata"), none=is_empty("wikidata")
    ),
    "part_of": Filter(
        help_text=_("The key of an entity that it is part of, at once."),
        holds=of_keys(ENTITY_ALONE, "part_of"),
        none=is_null("part_of"),
    ),
    "within": Filter(
        help_text=_("The key of an entity: it, all its parts, and what was merged into them."),
        holds=of_keys(ENTITIES, "pk"),
    ),
    "merged_into": Filter(
        help_text=_("The key of the entity to use instead; `none` lists those to use."),
        holds=of_keys(ENTITY_ALONE, "merged_into"),
        none=is_null("merged_into"),
    ),
    "source": Filter(
        help_text=_("The key of the source that it stands for."),
        holds=of_keys(SOURCES, "source"),
        none=is_null("source"),
    ),
    "series": Filter(
        help_text=_("The key of the series that it stands for."),
        holds=of_keys(SERIES, "series"),
        none=is_null("series"),
    ),
}

PROPERTY_FILTERS: Filters = {
    "key": Filter(help_text=_("The key."), holds=of_keys(PROPERTIES, "pk")),
    "label": Filter(help_text=_("The label, exactly."), holds=one_of("label")),
    "value_kind": of_codes("value_kind", ValueKind, help_text=_("What the values are.")),
    "unit": Filter(
        help_text=_("The unit of the values, exactly."), holds=one_of("unit"), none=is_empty("unit")
    ),
    "time": of_codes("time", PropertyTime, help_text=_("How the values relate to their period.")),
    "date_extent": of_codes(
        "date_extent",
        DateExtent,
        help_text=_("Whether a date of several days is one of them or all."),
    ),
    "single_valued": of_truth(
        lambda _asked: Q(single_valued=True),
        help_text=_("Whether two different values at one time are a conflict."),
    ),
    "basis": Filter(
        help_text=_("What its values are comparable on."),
        holds=_bases,
        none=lambda _asked: Q(bases=[]),
    ),
}

TOPIC_FILTERS: Filters = {
    "q": WordSearch(_("Words of the name, in any form.")),
    "key": Filter(help_text=_("The key."), holds=of_keys(TOPIC_ALONE, "pk")),
    "name": Filter(help_text=_("The name, exactly."), holds=one_of("name")),
    "parent": Filter(
        help_text=_("The key of the topic above."),
        holds=of_keys(TOPIC_ALONE, "parent"),
        none=is_null("parent"),
    ),
    "within": Filter(
        help_text=_("The key of a topic: it, and all below."), holds=of_keys(TOPICS, "pk")
    ),
}

CONFLICT_FILTERS: Filters = {
    "kind": of_codes("kind", ConflictKind, help_text=_("What the conflict is about.")),
    "strength": of_codes("strength", Strength, help_text=_("How hard the conflict is.")),
    "status": of_codes("status", ConflictStatus, help_text=_("Where the conflict stands.")),
    "same_source": of_truth(
        lambda _asked: Q(same_source=True),
        help_text=_("Whether all supporting quotes come from one source."),
    ),
    "opened_since": Filter(
        help_text=_("A moment, or the first of some days, in UTC: opened then or later."),
        holds=since("opened_at"),
        is_within_word=is_within_date,
    ),
    "claim": Filter(
        help_text=_(
            "The reference of a claim that is party to it, or was until a party was retracted or "
            "taken off."
        ),
        holds=_with_claim,
    ),
}

EDITION_FILTERS: Filters = {
    "fact_sheet": Filter(
        help_text=_("The key of the fact sheet."), holds=of_keys(FACT_SHEETS, "fact_sheet")
    ),
    "number": Filter(
        help_text=_("The number of the edition."), holds=one_of("number", read_whole_number)
    ),
    "claim": Filter(
        help_text=_("The reference of a claim or version that it rests on."), holds=_rests_on
    ),
    "issued_since": Filter(
        help_text=_("A moment, or the first of some days, in UTC: issued then or later."),
        holds=since("issued_at"),
        is_within_word=is_within_date,
    ),
}
