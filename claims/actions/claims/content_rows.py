"""Between content in keys and the rows that keep it: reading what was typed, writing the parts."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db import models
from django.db.models import prefetch_related_objects
from psycopg.types.range import Range as PgRange

from claims.actions.claims.premises import with_computed_value
from claims.domain.content import (
    KEY_FIELDS,
    TYPED_FIELDS,
    Absence,
    Content,
    Described,
    PremiseGiven,
    Quoted,
    Term,
    terms_json,
)
from claims.domain.content_validation import ContentRefused, validate_content
from claims.domain.text_limits import MAX_STATEMENT, clean_words
from claims.domain.values.bases import read_basis
from claims.domain.values.value import Period, Value, parse_period, parse_value
from claims.models import (
    AbsenceDocument,
    AbsenceScope,
    Asserter,
    Entity,
    Premise,
    Property,
    Topic,
    Version,
)
from claims.models.version import VALUE_COLUMNS
from claims.vocabulary import Stance, ValueKind
from sources.domain.dates import parse_dates
from sources.domain.ranges import Range
from sources.domain.refusals import quoted
from sources.domain.text.search_folding import fold_for_search
from sources.models import Series, Source

ModelT = TypeVar("ModelT", bound=models.Model)

MAX_WORDS = 500

# Whatever belongs to the content of a version, by relation names.
CONTENT_ROWS = (
    *("subject", "property", "aspect", "asserters__entity"),
    *("absence_scope__series", "absence_scope__documents__source"),
    *("premises__rests_on", "evidence__excerpt__source", "evidence__own_origin"),
)


@dataclass(frozen=True)
class ReadContent:
    """Content as it was understood: cleaned, with the columns of its version and its parts."""

    content: Content
    columns: dict[str, Any]
    asserters: list[Entity | Described] = field(default_factory=list)
    series: Series | None = None
    documents: list[Source] = field(default_factory=list)
    premises: list[tuple[Version, str]] = field(default_factory=list)


def read_content(content: Content) -> ReadContent:
    """Understand content as typed. Raises the refusals of content, values, dates and words."""
    content = cleaned(content)
    subject = by_key(Entity, content.subject)
    prop = by_key(Property, content.property)
    aspect = by_key(Topic, content.aspect)
    premises = [(premise_row(premise), premise.formula) for premise in content.premises]
    content = with_computed_value(content, prop, premises)
    validate_content(content, kind=ValueKind(prop.value_kind) if prop else None)
    if prop is not None:
        basis = read_basis(content.basis, known=prop.bases, of=prop.key)
        content = replace(content, basis=basis)
    value = read_value(content, prop)
    if value is not None:
        content = replace(content, approximate=value.approximate)
    period = parse_period(content.period) if content.period else None
    if content.asserted_on:
        parse_dates(content.asserted_on)
    asserters: list[Entity | Described] = []
    for link in content.asserted_by:
        asserter = link if isinstance(link, Described) else by_key(Entity, link)
        if asserter is not None:
            asserters.append(asserter)
    columns = {
        **{name: getattr(content, name) for name in TYPED_FIELDS},
        "subject": subject,
        "property": prop,
        "aspect": aspect,
        **value_columns(value),
        **period_columns(period),
        "search_text": search_text_of(content),
    }
    absence = content.absence
    return ReadContent(
        content=content,
        columns=columns,
        asserters=asserters,
        series=by_key(Series, absence.series) if absence else None,
        documents=[found(Source, key) for key in absence.sources] if absence else [],
        premises=premises,
    )


def cleaned(content: Content) -> Content:
    """The words without white space around them, in NFC, within their limits."""
    return replace(
        content,
        statement=clean_words(
            content.statement, name="statement", limit=MAX_STATEMENT, required=True
        ),
        language=clean_words(content.language, name="language", limit=35) or "en",
        basis=clean_words(content.basis, name="basis", limit=120),
        value=clean_words(content.value, name="value", limit=1_000),
        as_written=clean_words(content.as_written, name="wording of the source", limit=MAX_WORDS),
        period=clean_words(content.period, name="period", limit=60),
        asserted_on=clean_words(content.asserted_on, name="date of the assertion", limit=60),
        asserted_by=tuple(
            Described(clean_words(link.description, name="description", limit=200, required=True))
            if isinstance(link, Described)
            else link
            for link in content.asserted_by
        ),
        absence=cleaned_absence(content.absence),
        premises=tuple(dict.fromkeys(content.premises)),
    )


def cleaned_absence(absence: Absence | None) -> Absence | None:
    """The scope of an absence with its terms cleaned, each term and document once."""
    if absence is None:
        return None
    terms = [
        Term(
            clean_words(term.text, name="term", limit=200, required=True),
            clean_words(term.language, name="language of a term", limit=35),
        )
        for term in absence.terms
    ]
    return replace(
        absence,
        terms=tuple(dict.fromkeys(terms)),
        sources=tuple(dict.fromkeys(absence.sources)),
    )


def read_value(content: Content, prop: Property | None) -> Value | None:
    """The typed value as the property asks for it."""
    if prop is None:
        return None
    return parse_value(
        content.value,
        kind=ValueKind(prop.value_kind),
        unit=prop.unit,
        approximate=content.approximate,
        decimal_mark=content.decimal_mark,
    )


def typed_columns(content: Content, prop: Property | None) -> dict[str, Any]:
    """Every column that keeps value or period, as the typed ones are read."""
    period = parse_period(content.period) if content.period else None
    return {
        **dict.fromkeys((*VALUE_COLUMNS, "point")),
        **value_columns(read_value(content, prop)),
        **period_columns(period),
    }


def value_columns(value: Value | None) -> dict[str, Any]:
    """A value as columns of a version."""
    if value is None:
        return {}
    return {
        "amount": pg_range(value.amount),
        "point": value.point,
        "dates": pg_range(value.dates),
        "truth": value.truth,
        "value_entity": by_key(Entity, value.entity),
        "value_text": value.text,
    }


def period_columns(period: Period | None) -> dict[str, Any]:
    """A period as columns of a version."""
    return {"period_days": pg_range(period.days) if period else None}


def counts_by_value(read: ReadContent, stances: Collection[str]) -> bool:
    """Whether a version with quotes of these stances is held against others by its value.

    Not one that has quotes and rests on none of them: what refutes it is no disagreement of its
    source with another claim. What was searched for, and premises, support it as a quote does.
    """
    rests_on_more = read.content.absence is not None or bool(read.premises)
    return rests_on_more or not stances or Stance.SUPPORTS in stances


def search_text_of(content: Content) -> str:
    """The words that a search finds a version by, folded."""
    return fold_for_search(f"{content.statement} {content.as_written}")


def pg_range(given: Range[Any] | None) -> Any:
    """A range as the database driver takes it."""
    return None if given is None else PgRange(given.lower, given.upper, given.bounds)


def found(model: type[ModelT], key: str) -> ModelT:
    """The row of that key. Raises ContentRefused naming the nearest known one."""
    is_text = clean_words(key, name=str(model._meta.verbose_name), limit=100) == key
    row = model._default_manager.filter(key=key).first() if is_text else None
    if row is None:
        known = model._default_manager.values_list("key", flat=True)
        near = difflib.get_close_matches(key, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else " Enter it first."
        raise ContentRefused(
            "unknown_key", f"There is no {model._meta.verbose_name} {quoted(key)}.{hint}"
        )
    return row


def by_key(model: type[ModelT], key: str | None) -> ModelT | None:
    """The row of that key, or none where none is named."""
    return found(model, key) if key else None


def premise_row(premise: PremiseGiven) -> Version:
    """The version that a premise names, with the hash it was read with."""
    version = Version.objects.by_ref(premise.version).select_related("claim", "property").first()
    if version is None or version.content_hash != premise.content_hash:
        raise ContentRefused(
            "unknown_premise", f"There is no version {quoted(premise.version)} of that content."
        )
    return version


def write_parts(version: Version, read: ReadContent) -> None:
    """Write asserters, the scope of an absence and premises, in the version's transaction."""
    Asserter.objects.bulk_create(
        Asserter(version=version, position=position, description=link.description)
        if isinstance(link, Described)
        else Asserter(version=version, position=position, entity=link)
        for position, link in enumerate(read.asserters)
    )
    absence = read.content.absence
    if absence is not None:
        scope = AbsenceScope.objects.create(
            version=version,
            series=read.series,
            matching=absence.matching,
            terms=terms_json(absence),
        )
        AbsenceDocument.objects.bulk_create(
            AbsenceDocument(version=version, scope=scope, source=source)
            for source in read.documents
        )
    Premise.objects.bulk_create(
        Premise(version=version, rests_on=rests_on, formula=formula)
        for rests_on, formula in read.premises
    )


def stored_content(version: Version) -> tuple[Content, list[Quoted]]:
    """Return the content of a version from its rows: its hash is recomputed from it.

    Of versions that were read with CONTENT_ROWS prefetched, nothing more is read.
    """
    prefetch_related_objects([version], *CONTENT_ROWS)
    scope: AbsenceScope | None = getattr(version, "absence_scope", None)
    absence = None
    if scope is not None:
        absence = Absence(
            terms=tuple(Term(term["text"], term.get("language", "")) for term in scope.terms),
            series=scope.series.key if scope.series else None,
            sources=tuple(document.source.key for document in in_order(scope.documents)),
            matching=scope.matching,
        )
    plain: dict[str, Any] = {name: getattr(version, name) for name in TYPED_FIELDS}
    rows = {name: getattr(version, name) for name in KEY_FIELDS}
    content = Content(
        **plain | {name: row.key if row else None for name, row in rows.items()},
        asserted_by=tuple(
            link.entity.key if link.entity else Described(link.description)
            for link in sorted(version.asserters.all(), key=lambda link: link.position)
        ),
        absence=absence,
        premises=tuple(
            PremiseGiven(premise.rests_on.ref, premise.rests_on.content_hash, premise.formula)
            for premise in in_order(version.premises)
        ),
    )
    quotes = [
        Quoted(
            exact=piece.excerpt.exact,
            source=piece.excerpt.source.key,
            locator=piece.excerpt.locator,
            stance=piece.stance,
            own_origin=piece.own_origin.key if piece.own_origin else None,
        )
        for piece in in_order(version.evidence)
    ]
    return content, quotes


def in_order(rows: Any) -> list[Any]:
    """Related rows that were prefetched, in the order in which they were written."""
    return sorted(rows.all(), key=lambda row: row.pk)
