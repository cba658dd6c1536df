"""The claims about the cells of a matrix: whether a document, or a series, has a topic."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Entity, Version
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.series_cells import CellClaim, CellState, Claimed
from claims.vocabulary import Status, ValueKind
from sources.models import Series
from sources.readings.reader import Reader

# What staff sees of a claim besides what is published: what is written, waits, or is on hold.
_AT_WORK = (Status.DRAFT, Status.SUBMITTED, Status.CHANGES_REQUESTED, Status.APPROVED)


@dataclass(frozen=True)
class CellClaims:
    """The claims of one cell, by their numbers. `is_disputed`: a published one is in a conflict."""

    claims: Sequence[CellClaim] = ()
    is_disputed: bool = False

    @property
    def claimed(self) -> Claimed:
        """How the published ones together stand to the topic."""
        said = {claim.claimed for claim in self.claims if claim.is_published}
        if self.is_disputed or len(said) > 1:
            return Claimed.DISPUTED
        return said.pop() if said else Claimed.NOT_CLAIMED

    def refs(self, claimed: Claimed) -> list[str]:
        """The references of the published ones that say so, each once."""
        return list(
            dict.fromkeys(
                claim.ref
                for claim in self.claims
                if claim.is_published and claim.claimed == claimed
            )
        )


NO_CLAIMS = CellClaims()


@dataclass(frozen=True)
class SeriesClaims:
    """The claims of all cells of a matrix; those on the series are of every document."""

    _cells: dict[tuple[int, str], CellClaims] = field(default_factory=dict)
    _of_series: dict[str, CellClaims] = field(default_factory=dict)

    def of_cell(self, source: int, topic: str) -> CellClaims | None:
        """The claims of a document, by its id, and a topic, with those on the series; None where
        none is on the document itself."""
        return self._cells.get((source, topic))

    def of_series(self, topic: str) -> CellClaims:
        """The claims of the series itself and a topic."""
        return self._of_series.get(topic, NO_CLAIMS)


def read_series_claims(
    series: Series, *, sources: Collection[int], topics: Collection[str], reader: Reader
) -> SeriesClaims:
    """The claims that one of these sources, or the series, has one of these topics, or has it not.

    `sources` are those that the reader may know. The public reads what is published; staff also
    what is being written or waits. Retracted claims say nothing any more. At most nine queries,
    and one more for each step in a row of merged entities.
    """
    subjects = _subjects(series, sources)
    versions = Version.objects.filter(
        subject__in=subjects,
        property__value_kind=ValueKind.PRESENCE,
        aspect__key__in=topics,
        claim__retracted_at__isnull=True,
    )
    published = Q(published__contains=reader.at, taken_off_at__isnull=True)
    if reader.is_staff:
        versions = versions.filter(published | Q(is_newest=True, status__in=_AT_WORK))
    else:
        versions = versions.filter(published)
    rows = versions.order_by("claim", "number").values_list("pk", "subject", "aspect__key")
    about = {pk: (subjects[subject], topic) for pk, subject, topic in rows}
    readings = {claim.id: claim for claim in read_claims(list(about), reader)}
    of_cells: dict[tuple[int, str], list[ClaimReading]] = defaultdict(list)
    of_series: dict[str, list[ClaimReading]] = defaultdict(list)
    for pk, (source, topic) in about.items():
        if source is None:
            of_series[topic].append(readings[pk])
        else:
            of_cells[source, topic].append(readings[pk])
    return SeriesClaims(
        {cell: _cell_claims(own, of_series.get(cell[1], ())) for cell, own in of_cells.items()},
        {topic: _cell_claims((), own) for topic, own in of_series.items()},
    )


def _subjects(series: Series, sources: Collection[int]) -> dict[int, int | None]:
    """The entities that stand for the sources or the series, with the source's id; None for the
    series. Those that were merged into one of them are among them."""
    entities = Entity.objects.filter(Q(source__in=sources) | Q(series=series))
    found: dict[int, int | None] = dict(entities.values_list("pk", "source"))
    latest = set(found)
    while latest:
        merged = Entity.objects.filter(merged_into__in=latest).values_list("pk", "merged_into")
        new = {pk: found[into] for pk, into in merged if pk not in found}
        found |= new
        latest = set(new)
    return found


def _cell_claims(own: Sequence[ClaimReading], of_series: Sequence[ClaimReading]) -> CellClaims:
    claims = [_cell_claim(one) for one in own]
    claims += [_cell_claim(one, is_of_series=True) for one in of_series]
    return CellClaims(
        sorted(claims, key=lambda claim: int(claim.ref[1:])),
        is_disputed=any(one.is_disputed for one in (*own, *of_series) if one.is_published),
    )


def _cell_claim(claim: ClaimReading, *, is_of_series: bool = False) -> CellClaim:
    is_present = claim.value is not None and bool(claim.value.truth)
    return CellClaim(
        ref=claim.ref,
        claimed=Claimed.PRESENT if is_present else Claimed.ABSENT,
        attribution=claim.attribution,
        statement=claim.statement,
        is_of_series=is_of_series,
        is_published=claim.is_published,
    )


def disagreement_text(
    state: CellState, count: int, claims: CellClaims, *, is_elsewhere: bool
) -> str:
    """Say in a sentence where a text and the published claims differ; empty where they do not.

    `is_elsewhere`: another text of the document has the topic, so that a claim that it is present
    may rest on that. What was not searched, or in part, contradicts nobody.
    """
    if state == CellState.PRESENT:
        text = ngettext("The text has it once", "The text has it %(n)d times", count) % {"n": count}
        refs = claims.refs(Claimed.ABSENT)
        said = ngettext(
            "%(refs)s says that it is absent.", "%(refs)s say that it is absent.", len(refs)
        )
    elif state == CellState.ABSENT and not is_elsewhere:
        text = _("No term of the dictionary is in the text")
        refs = claims.refs(Claimed.PRESENT)
        said = ngettext(
            "%(refs)s says that it is present.", "%(refs)s say that it is present.", len(refs)
        )
    else:
        return ""
    if not refs:
        return ""
    return _("%(text)s; %(claims)s") % {"text": text, "claims": said % {"refs": _named(refs)}}


def _named(refs: Sequence[str]) -> str:
    """References in a row: "C1, C2 and C3"."""
    if len(refs) == 1:
        return refs[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(refs[:-1]), "last": refs[-1]}
