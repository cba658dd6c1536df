"""Confirming doubts about quotes: a reviewer's word that a quote is right all the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sources.actions.quotes.grading import confirmed_doubts, is_beyond_doubt, save_grades
from sources.domain.grading.doubts import Confirmed
from sources.domain.text_fields import clean_words
from sources.models import Confirmation, Excerpt, Grading
from sources.vocabulary import DoubtKind

if TYPE_CHECKING:
    from factbase.models import User

MAX_NOTE = 5_000


@dataclass(frozen=True, slots=True)
class ConfirmationGiven:
    """A doubt that a person confirms: its kind and number, and the SHA-256 of the words read."""

    kind: DoubtKind
    number: int
    sha256: str
    note: str = ""

    @property
    def confirmed(self) -> Confirmed:
        """The doubt as rules know it."""
        return self.kind.value, self.number, self.sha256


def save_confirmations(
    *,
    excerpt: Excerpt,
    grading: Grading | None,
    given: Sequence[ConfirmationGiven],
    by: "User",
    at: datetime,
) -> None:
    """Save which doubts of a quote's latest grading a person confirmed; see whether it is verified.

    Called under the lock of the source. What was confirmed before stays as it is, and words that
    the text does not have there any more are not confirmed: who approves finds the doubt open.
    """
    if grading is None or grading.layer_id is None or not grading.doubts:
        return
    confirmed = confirmed_doubts([excerpt.pk])[excerpt.pk]
    open_doubts = {
        key: doubt
        for doubt in grading.doubts
        if (key := (doubt["kind"], doubt["number"], doubt["sha256"])) not in confirmed
    }
    rows = [
        Confirmation(
            excerpt=excerpt,
            kind=one.kind,
            number=one.number,
            sha256=one.sha256,
            layer_id=grading.layer_id,
            start=open_doubts[one.confirmed]["start"],
            end=open_doubts[one.confirmed]["end"],
            note=clean_words(one.note, name="note on what is in doubt", limit=MAX_NOTE),
            confirmed_at=at,
            confirmed_by=by,
        )
        for one in {one.confirmed: one for one in given}.values()
        if one.confirmed in open_doubts
    ]
    Confirmation.objects.bulk_create(rows)
    confirmed |= {(row.kind, row.number, row.sha256) for row in rows}
    verified = is_beyond_doubt(grading, confirmed)
    if excerpt.is_verified != verified:
        excerpt.is_verified = verified
        save_grades([excerpt])
