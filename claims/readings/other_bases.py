"""Claims that would disagree with one, were they not on another basis: listed, never a conflict."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.domain.conflicts.disagreement import Compared, EntityPath, disagree
from claims.models import Version
from claims.querysets.other_bases import others_on_another_basis, wholes_of
from claims.readings.similar import may_know_entities
from claims.readings.wording import asserter_text, date_text, value_text
from claims.vocabulary import Mode, PropertyTime, ValueKind
from sources.domain.ranges import Range
from sources.querysets.readers import Knowing

# So many are listed beside a claim.
MAX_OTHER_BASES = 20


def on_another_basis(
    versions: Sequence[Version], *, reader: Any, at: datetime, is_public: bool
) -> dict[int, list[Version]]:
    """By version, the versions on another basis that differ from it; in at most four queries.

    They are compared like any others: of other claims that stand, the published version and the
    one that waits, for the public the published one. A basis that is not said is one as well. The
    rule is that of disagreements. What stands for a source that the reader may not know tells
    nothing here, as in similar claims.
    """
    to = Knowing(None if is_public else reader)
    telling = {
        version.pk: version
        for version in versions
        if version.property_id is not None
        and may_know_entities(version, to)
        and (not is_public or version.is_published(at))
        and not version.claim.is_retracted
    }
    pairs = others_on_another_basis(telling.values(), at=at, public=is_public) if telling else {}
    if not pairs:
        return {}
    wanted = {pk for others in pairs.values() for pk in others}
    rows = Version.objects.filter(pk__in=wanted).in_position().in_bulk()
    entities = {row.value_entity_id for row in (*telling.values(), *rows.values())} - {None}
    wholes = wholes_of(entities) if entities else {}
    return {
        mine: [
            rows[pk]
            for pk in others
            if may_know_entities(rows[pk], to)
            and disagree(
                compared_version(telling[mine], wholes), compared_version(rows[pk], wholes)
            )
        ][:MAX_OTHER_BASES]
        for mine, others in pairs.items()
    }


def on_bases_apart(
    parties: Sequence[Version], others: Mapping[int, Sequence[Version]]
) -> list[Version]:
    """List what is on another basis than any party to a conflict, once each, by claim."""
    claims = {version.claim_id for version in parties}
    found = {
        other.pk: other
        for version in parties
        for other in others.get(version.pk, ())
        if other.claim_id not in claims
    }
    return sorted(found.values(), key=lambda other: (other.claim_id, other.number))[
        :MAX_OTHER_BASES
    ]


def other_basis_text(version: Version, *, to: Knowing) -> str:
    """A claim on another basis in one line: who says it, the value, on which basis, for when."""
    basis = version.basis or _("basis not said")
    words = f"{value_text(version, to=to)} ({basis})"
    if version.period:
        words = f"{words}, {date_text(version.period)}"
    asserter = asserter_text(version.asserters.all(), to=to)
    return f"{asserter}: {words}" if asserter else words


def compared_version(version: Version, wholes: Mapping[int, Sequence[str]]) -> Compared:
    """Return a version as the rule of disagreements sees it, with one key for all questions.

    `wholes` has, for the entity that is its value, the keys of `wholes_of`. Softness, links and
    times of publication are left out.
    """
    prop: Any = version.property
    return Compared(
        claim=version.claim_id,
        version=version.pk,
        key="",
        kind=ValueKind(prop.value_kind),
        time=PropertyTime(prop.time),
        value=_value(version, wholes),
        single_valued=prop.single_valued,
        is_prospective=Mode(version.mode).is_prospective,
        period=_range(version.period_days),
    )


def _value(version: Version, wholes: Mapping[int, Sequence[str]]) -> Any:
    """The value as values are compared."""
    if version.value_entity_id is not None:
        return EntityPath(tuple(reversed(wholes[version.value_entity_id])))
    if version.value_text is not None:
        return version.value_text
    if version.truth is not None:
        return version.truth
    return _range(version.amount if version.amount is not None else version.dates)


def _range(given: Any) -> Any:
    """A range of the database as the rules know it."""
    if given is None:
        return None
    return Range(given.lower, given.upper, given.lower_inc, given.upper_inc)
