"""The last review of a claim before the version that is read, and the changes since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from claims.models import Judgement, Review, Version
from claims.readings.changes import change_texts
from claims.readings.claims import ClaimReading, read_claims
from sources.readings.reader import Reader


@dataclass(frozen=True)
class LastRound:
    """The latest review of an earlier version, with its judgements by the id of the quote."""

    version: Version
    review: Review
    judgements: Mapping[int, Judgement] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """The difference of the version that is read from another one of its claim.

    `before` and `after` are the statements, to be compared word by word; `changes` say in sentences
    what else differs.
    """

    label: str
    version: Version
    before: str
    after: str
    changes: Sequence[str]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs that readers see."""
        return self.before == self.after and not self.changes


def last_round(versions: Sequence[Version], read: Version) -> LastRound | None:
    """The latest review of a version before the one that is read; `versions` the latest first."""
    for version in versions:
        review: Review | None = getattr(version, "review", None)
        if version.number < read.number and review is not None:
            judged = {one.evidence.excerpt_id: one for one in review.judgements.all()}
            return LastRound(version, review, judged)
    return None


def comparisons(
    versions: Sequence[Version],
    told: ClaimReading,
    *,
    shown: Version | None,
    read_before: int | None,
    reader: Reader,
) -> list[Comparison]:
    """How a version differs from the one before it and from the one that readers see.

    `read_before` is the number of the version that somebody read who decided on another one: then
    that is the first. Two statements, none of a first version.
    """
    wanted: dict[int, tuple[str, Version]] = {}
    before = told.number - 1 if read_before is None else read_before
    label = _("Since the version before") if read_before is None else _("Since what you read")
    for row in versions:
        if row.number == before:
            wanted[row.pk] = (label, row)
    if shown is not None and shown.number != told.number and shown.pk not in wanted:
        wanted[shown.pk] = (_("Against what readers see"), shown)
    return [
        Comparison(*wanted[one.id], one.statement, told.statement, change_texts(one, told))
        for one in (read_claims(list(wanted), reader) if wanted else ())
    ]
