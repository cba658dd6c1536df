"""Claims that rest on others: computing their value, and flagging them when a premise changes."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from claims.actions.conflicts.detection import lock_keys
from claims.actions.follow import raise_flags
from claims.domain.content import Content
from claims.domain.values.formulas import (
    Computed,
    FormulaRefused,
    compute,
    computed_from,
    typed_value,
)
from claims.domain.values.value import exclude_each_other, parse_value
from claims.models import Claim, Premise, Property, Version
from claims.querysets.premises import with_all_premises
from claims.vocabulary import FlagKind, Status, ValueKind
from sources.domain.ranges import Range
from sources.domain.refusals import Refusal, quoted

AMOUNTS = (ValueKind.QUANTITY, ValueKind.COUNT)


class PremiseRefused(Refusal):
    """A premise that a claim cannot rest on. `code`: premise_circle."""


def with_computed_value(
    content: Content, prop: Property | None, premises: Sequence[tuple[Version, str]]
) -> Content:
    """The content with its value computed, where a formula says how and none was typed.

    A typed value must have a number in common with what the formula gives. Raises FormulaRefused.
    """
    formula = formula_of(premises)
    if not formula:
        return content
    if prop is None or prop.value_kind not in AMOUNTS:
        raise FormulaRefused("A formula computes a quantity or a count; say of which property.")
    computed = value_of(formula, [version for version, _formula in premises], prop)
    if not content.value:
        written = typed_value(computed, whole=is_count(prop))
        return replace(content, value=written, decimal_mark="")
    typed = parse_value(
        content.value,
        kind=ValueKind(prop.value_kind),
        unit=prop.unit,
        approximate=content.approximate,
        decimal_mark=content.decimal_mark,
    ).amount
    if typed is not None and exclude_each_other(typed, as_range(computed)):
        raise FormulaRefused(
            f"The value {quoted(content.value)} is not what the formula gives: "
            f"{typed_value(computed)}. Leave the value empty, or correct the formula."
        )
    return content


def formula_of(premises: Sequence[tuple[Version, str]]) -> str:
    """The formula of a version: the one that stands beside its premises."""
    formulas = list(dict.fromkeys(formula for _version, formula in premises if formula))
    if len(formulas) > 1:
        raise FormulaRefused(
            "A claim is computed by one formula, which names its premises: `C12 - C13`. "
            f"There are {len(formulas)}; write one of them."
        )
    return formulas[0] if formulas else ""


def value_of(formula: str, premises: Sequence[Version], prop: Property) -> Computed:
    """Return the value of a formula in the unit of the property. Raises FormulaRefused."""
    known = {}
    for version in premises:
        if version.amount is not None and version.property is not None:
            known[version.ref] = computed_from(
                Range(version.amount.lower, version.amount.upper, True, True),  # noqa: FBT003
                version.property.unit,
            )
    computed = compute(formula, known)
    if computed.unit and computed.unit != prop.unit:
        raise FormulaRefused(
            f"The formula gives {computed.unit}; the property is in {prop.unit or 'no unit'}."
        )
    return computed


def as_range(computed: Computed) -> Range[Decimal]:
    """Return a computed value as a range of numbers, rounded outward."""
    ends = parse_value(typed_value(computed), kind=ValueKind.QUANTITY).amount
    assert ends is not None  # noqa: S101 - what is typed here is a quantity
    return ends


def is_count(prop: Property) -> bool:
    """Whether the values of a property are whole numbers."""
    return prop.value_kind == ValueKind.COUNT


def lock_premises() -> None:
    """Wait until nobody else writes premises, and let nobody until this transaction ends: from both
    sides at once, two claims would come to rest on each other."""
    lock_keys({"premises"})


def require_no_circle(claim: Claim, premises: Collection[Version]) -> None:
    """Refuse a claim that would rest on itself, at once or through others."""
    if claim.pk in with_all_premises({one.claim_id for one in premises}):
        raise PremiseRefused(
            "premise_circle",
            f"{claim.ref} would rest on itself, at once or through others. Leave that premise out.",
        )


def follow_premises(*, claims: Collection[int], at: datetime) -> None:
    """Flag what rests on versions of these claims that readers do not see, or no longer.

    A premise that was never approved changes nothing for what rests on it. The flag says what
    stands now and what the formula would give.
    """
    for premise in (
        Premise.objects.filter(rests_on__claim__in=claims, version__in=Version.objects.in_use())
        .select_related("rests_on__claim", "version__property")
        .order_by("pk")
    ):
        before, claim = premise.rests_on, premise.rests_on.claim
        if before.status != Status.APPROVED:
            continue
        if before.is_published(at) and not claim.is_retracted:
            continue
        now = claim.versions.published(at).select_related("claim", "property").first()
        raise_flags(
            FlagKind.PREMISE_CHANGED,
            premise_change_text(premise, now),
            Q(pk=premise.version_id),
            at=at,
        )


def premise_change_text(premise: Premise, now: Version | None) -> str:
    """Describe the change of a premise, and the value of the formula with its present version."""
    before = premise.rests_on
    if before.claim.is_retracted:
        return f"{before.ref}, on which this rests, was retracted"
    if now is None:
        return f"{before.ref}, on which this rests, is no longer public"
    text = f"{before.ref}, on which this rests, was replaced by {now.ref}"
    if before.value and now.value != before.value:
        text += f": {now.value} instead of {before.value}"
    return text + recomputed(premise, now)


def recomputed(premise: Premise, now: Version) -> str:
    """Return the value of the formula with another version in the place of a premise."""
    version, prop = premise.version, premise.version.property
    rows = list(version.premises.select_related("rests_on__property").order_by("pk"))
    formula = formula_of([(row.rests_on, row.formula) for row in rows])
    if not formula or prop is None:
        return ""
    old, new = premise.rests_on.ref, now.ref
    premises = [now if row.pk == premise.pk else row.rests_on for row in rows]
    try:
        value = value_of(re.sub(rf"{old}(?![0-9])", new, formula), premises, prop)
        return f"; the formula gives {typed_value(value, whole=is_count(prop))} now"
    except FormulaRefused as refusal:
        return f"; the formula gives nothing now: {refusal.message}".removesuffix(".")
