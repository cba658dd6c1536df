"""How many claims there are, by their values, in the words of one reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.querysets.facets import DIMENSIONS, Cell, count_cells
from claims.querysets.versions import VersionQuerySet
from claims.vocabulary import ConflictKind, ConflictStatus, Degree, Mode, Status, Strength
from sources.readings.reader import Reader
from sources.vocabulary import Grade, LabelledEnum, Standing

MAX_FACETS = 5
MAX_VALUES = 50
MAX_GROUPS = 5_000

# What claims are counted by, as readers know it.
NAMES: Mapping[str, str | Promise] = {
    "topic": gettext_lazy("Topic"),
    "property": gettext_lazy("Property"),
    "aspect": gettext_lazy("Aspect"),
    "basis": gettext_lazy("Basis"),
    "subject": gettext_lazy("Subject"),
    "value_entity": gettext_lazy("Entity as value"),
    "asserter": gettext_lazy("Who says it"),
    "mode": gettext_lazy("How sure"),
    "status": gettext_lazy("Status"),
    "language": gettext_lazy("Language"),
    "degree": gettext_lazy("Degree"),
    "period_year": gettext_lazy("Year in which the period begins"),
    "recorded_year": gettext_lazy("Year in which it was recorded"),
    "published_year": gettext_lazy("Year in which it was published"),
    "source": gettext_lazy("Source"),
    "source_type": gettext_lazy("Type of source"),
    "standing": gettext_lazy("Standing of the source"),
    "publisher": gettext_lazy("Publisher"),
    "grade": gettext_lazy("Grade of the quote"),
    "disputed": gettext_lazy("Disputed"),
    "conflict_kind": gettext_lazy("Kind of conflict"),
    "conflict_strength": gettext_lazy("Strength of the conflict"),
    "conflict_status": gettext_lazy("Status of the conflict"),
}

_VOCABULARIES: Mapping[str, type[LabelledEnum]] = {
    "mode": Mode,
    "degree": Degree,
    "standing": Standing,
    "grade": Grade,
    "conflict_kind": ConflictKind,
    "conflict_strength": Strength,
    "conflict_status": ConflictStatus,
}
_LABELS: Mapping[str, Mapping[str, str | Promise]] = {
    "status": {
        "published": gettext_lazy("Published"),
        "retracted": gettext_lazy("Retracted"),
        **{one.value: one.label for one in Status},
    },
    "disputed": {"true": gettext_lazy("Yes"), "false": gettext_lazy("No")},
    **{name: {one.value: one.label for one in of} for name, of in _VOCABULARIES.items()},
}


@dataclass(frozen=True, slots=True)
class CountedValue:
    """A value by which claims were counted; `key` is None where the reader knows none."""

    key: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Bucket:
    """The number of claims with certain values: one of each dimension."""

    values: tuple[CountedValue, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class CountsReading:
    """The numbers of claims by one or two dimensions.

    `claims` is how many there are in all. Where `is_overlapping`, a claim can count in several
    buckets, so that they can add up to more than that. `other_buckets` are not listed; that many
    claims (`other_claims`) have a value among theirs.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]
    claims: int
    is_overlapping: bool
    buckets: tuple[Bucket, ...]
    other_buckets: int
    other_claims: int


def read_counts(
    versions: VersionQuerySet, names: Sequence[str], reader: Reader, *, most: int
) -> CountsReading:
    """Count the claims of what the reader sees by one of `NAMES` or by two at a time.

    The buckets with most claims come first, at most `most` of them. Of one name, claims for which
    no value is known come last and are given besides.
    """
    found = count_cells(versions, names, reader=reader.account, at=reader.at, most=most)
    return CountsReading(
        tuple(names),
        tuple(str(NAMES[name]) for name in names),
        found.claims,
        any(DIMENSIONS[name].has_several for name in names),
        tuple(_bucket(cell, names) for cell in found.cells),
        found.other_cells,
        found.other_claims,
    )


def _bucket(cell: Cell, names: Sequence[str]) -> Bucket:
    values = zip(names, cell.codes, cell.labels, strict=True)
    return Bucket(
        tuple(CountedValue(code, _label(name, code, label)) for name, code, label in values),
        cell.claims,
    )


def _label(name: str, code: str | None, label: str | None) -> str:
    """The label of a value: its row's, its vocabulary's, or the code itself."""
    if code is None:
        return _("not known")
    known = _LABELS.get(name, {}).get(code)
    return label or (code if known is None else _(str(known)))
