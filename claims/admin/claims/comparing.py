"""Two versions of a claim compared word by word, with what was decided on those between them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from claims.admin.claims.page_context import badge_of, history_row, versions_of
from claims.models import Claim, Evidence, Version
from claims.readings.changes import (
    QuoteChange,
    compare_parts,
    compare_quotes,
    topics_until,
    with_replacements,
)
from claims.readings.claims import ClaimReading, EvidenceReading, read_claims
from sources.models import Withholding
from sources.readings.reader import Reader
from sources.readings.record_histories import PartChange
from sources.readings.sources import source_of

if TYPE_CHECKING:
    from factbase.models import User

# Titles of the sources on whose authority quotes rest, by version and quote.
Origins = Mapping[tuple[int, int], str]


class CompareForm(forms.Form):
    """The two versions that are compared, by their numbers."""

    def __init__(
        self, data: Mapping[str, Any], *, versions: Sequence[Version], at: datetime
    ) -> None:
        super().__init__(data, label_suffix="", auto_id="compare_%s")
        choices = [
            (row.number, f"{row.ref} – {badge_of(row, at).words}, {row.author}") for row in versions
        ]
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = forms.TypedChoiceField(label=label, choices=choices, coerce=int)

    @property
    def numbers(self) -> tuple[int, int]:
        """The numbers of the two versions, the earlier one first."""
        first, second = sorted((self.cleaned_data["from"], self.cleaned_data["to"]))
        return first, second


@dataclass(frozen=True)
class ComparedQuote:
    """A quote that differs between two versions; None on the side that it is not tied to.

    `parts` say what of it differs where it is tied to both.
    """

    label: str
    look: str
    before: EvidenceReading | None
    after: EvidenceReading | None
    parts: Sequence[PartChange] = ()

    @property
    def shown(self) -> EvidenceReading | None:
        """The quote as it is tied now, else as it was."""
        return self.after or self.before


def comparison_page(
    claim: Claim, asked: Mapping[str, Any], *, person: "User", at: datetime
) -> dict[str, Any] | None:
    """Return the context of the page that compares two versions; None where there are none such.

    `asked` has `from` and `to`; without them the last version is compared with the one before.
    """
    versions = versions_of(claim)
    last = versions[0].number
    given = asked if "from" in asked or "to" in asked else {"from": max(last - 1, 1), "to": last}
    form = CompareForm(given, versions=versions, at=at)
    if not form.is_valid():
        return None
    by_number = {row.number: row for row in versions}
    old, new = (by_number[number] for number in form.numbers)
    reader = Reader(person, at)
    readings = {one.id: one for one in read_claims({old.pk, new.pk}, reader)}
    before, after = readings[old.pk], readings[new.pk]
    parts = [
        *compare_parts(before, after),
        PartChange(
            _("Topics"), *topics_until(claim, [_end(row, by_number, at) for row in (old, new)])
        ),
    ]
    return {
        "claim": claim,
        "form": form,
        "old": old,
        "new": new,
        "before": before,
        "after": after,
        "withheld": set(Withholding.objects.times_of([old, new])),
        "changed": [part for part in parts if part.differs],
        "same": [part.label for part in parts if part.after and not part.differs],
        "quotes": quote_rows(before, after, own_origins([old.pk, new.pk], reader)),
        "between": [
            history_row(row, versions, at, reader)
            for row in versions
            if old.number <= row.number <= new.number
        ],
    }


def _end(row: Version, by_number: Mapping[int, Version], at: datetime) -> datetime:
    """When the next version took the place of one; of the last one, now."""
    following = by_number.get(row.number + 1)
    return at if following is None else following.recorded_at


def quote_rows(before: ClaimReading, after: ClaimReading, origins: Origins) -> list[ComparedQuote]:
    """The quotes that differ between two versions, in words."""
    changes = with_replacements(compare_quotes(before, after, origins))
    return [_quote_row(change, (before.id, after.id), origins) for change in changes]


def own_origins(versions: Collection[int], reader: Reader) -> Origins:
    """The sources on whose authority quotes rest, by title or descriptor as the reader may know."""
    ties = Evidence.objects.filter(version__in=versions, own_origin__isnull=False)
    return {
        (tie.version_id, tie.excerpt_id): source_of(tie.own_origin, reader).title
        for tie in ties.select_related("own_origin__publisher")
        if tie.own_origin is not None
    }


def _quote_row(change: QuoteChange, versions: tuple[int, int], origins: Origins) -> ComparedQuote:
    """A change of a quote in words."""
    before, after = change.before, change.after
    if before is None:
        return ComparedQuote(_("Added"), "is-good", None, after)
    if after is None:
        return ComparedQuote(_("Left out"), "is-bad", before, None)
    parts = _parts_of_quotes((before, after), versions, origins)
    return ComparedQuote(
        _("Changed"), "is-open", before, after, [one for one in parts if one.differs]
    )


def _parts_of_quotes(
    pieces: tuple[EvidenceReading, EvidenceReading], versions: tuple[int, int], origins: Origins
) -> Iterable[PartChange]:
    """The parts in which two quotes, or two ties of one, may differ."""
    keys = [
        (version, piece.quote.number or 0) for version, piece in zip(versions, pieces, strict=True)
    ]
    yield PartChange(_("Words"), *(piece.quote.words or "" for piece in pieces))
    yield PartChange(_("Place"), *(piece.quote.locator for piece in pieces))
    yield PartChange(_("For or against"), *(_(piece.stance.label) for piece in pieces))
    yield PartChange(_("Rests on the authority of"), *(origins.get(key, "") for key in keys))
