"""A claim that two people change at once: who saves later gets a form with the changes of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.claims.content_rows import cleaned, stored_content
from claims.actions.claims.entry import Stale
from claims.admin.entry.forms import ClaimForm, initial_of
from claims.admin.entry.quotes import QuoteRows, initial_rows, rows_form
from claims.domain.content import Content
from claims.domain.content_merge import merge_content
from claims.models import Claim, Evidence, Version
from claims.vocabulary import Stance
from sources.models import Source

# The field of the form under whose name a part of the content is shown.
_FIELD_OF = {"asserted_by": "asserter_0", "absence": "absence_terms"}


@dataclass(frozen=True)
class OthersChange:
    """A part that somebody else changed since the form was opened, in words.

    Where it `is_taken`, the form has it as they do; else its own stands there, to be decided on.
    """

    name: str
    before: str
    after: str
    is_taken: bool


class StaleForm(Exception):
    """Somebody saved before; carries the form to go on with, and what they changed."""

    def __init__(
        self, form: ClaimForm, rows: QuoteRows, changes: Sequence[OthersChange], message: str
    ) -> None:
        super().__init__(message)
        self.form = form
        self.rows = rows
        self.changes = changes
        self.message = message


def merged_form(claim: Claim, form: ClaimForm, rows: QuoteRows, stale: Stale) -> StaleForm:
    """Merge what was typed with what somebody saved since; nothing of either is lost.

    Raises the refusals of content that was typed.
    """
    latest: Version = claim.versions.latest("number")
    seen = claim.versions.filter(number=form.cleaned_data["seen"]).first() or latest
    before, _quotes = stored_content(seen)
    after, _quotes = stored_content(latest)
    merged = merge_content(seen=before, own=cleaned(form.content()), others=after)
    changes = [
        OthersChange(
            name=str(form.fields[_FIELD_OF.get(name, name)].label),
            before=_text_of(before, name),
            after=_text_of(after, name),
            is_taken=name in merged.taken,
        )
        for name in (*merged.disputed, *merged.taken)
    ]
    merged_rows, of_quotes = _merge_quotes(rows, seen, latest, form.by)
    initial = {
        **initial_of(merged.content),
        "topics": {*form.chosen_topics(), *claim.topics.all()},
        "seen": latest.number,
        "change_note": form.cleaned_data["change_note"],
        "unsaved": form.cleaned_data["unsaved"],
    }
    links = max(len(form.asserter_names), len(merged.content.asserted_by) + 1)
    fresh = ClaimForm(initial=initial, by=form.by, links=links, is_new=False)
    fresh.http_status = 409
    return StaleForm(
        fresh,
        rows_form(initial=merged_rows, extra=1, by=form.by, claim=claim),
        [*changes, *of_quotes],
        stale.message,
    )


# How a quote bears on a claim: its stance, and the source on whose authority it speaks.
_Bearing = tuple[str, int | None]


def _merge_quotes(
    rows: QuoteRows, seen: Version, latest: Version, by: Any
) -> tuple[list[dict[str, Any]], list[OthersChange]]:
    """The rows with the quotes of both, and what the other changed in them."""
    before, after = _evidence(seen), _evidence(latest)
    changed = [
        piece for key, piece in after.items() if _bearing(piece) != _bearing(before.get(key))
    ]
    gone = before.keys() - after.keys()
    typed = rows.as_typed()
    if not changed and not gone:
        return typed, []
    is_taken = rows.bearings() == {key: _bearing(piece) for key, piece in before.items()}
    own = {row.cleaned_data["excerpt"] for row in rows.used()}
    added = [piece for piece in after.values() if piece.excerpt not in own]
    added = [piece for piece in added if piece.excerpt_id not in before]
    merged = initial_rows(list(after.values())) if is_taken else [*typed, *initial_rows(added)]
    change = OthersChange(
        name=_("Quotes"),
        before=_in_words(before, by),
        after=_in_words(after, by),
        is_taken=is_taken,
    )
    return merged, [change]


def _evidence(version: Version) -> Mapping[int, Evidence]:
    """The evidence of a version, in order, by the number of the quote."""
    rows = version.evidence.select_related("excerpt__source", "own_origin").order_by("pk")
    return {piece.excerpt_id: piece for piece in rows}


def _bearing(piece: Evidence | None) -> _Bearing | None:
    """How a quote bears on the claim, None where it is not there."""
    return None if piece is None else (piece.stance, piece.own_origin_id)


def _in_words(evidence: Mapping[int, Evidence], by: Any) -> str:
    """Quotes as one line each; of sources that the account may not read, no words."""
    sources = {piece.excerpt.source_id for piece in evidence.values()}
    readable = Source.objects.readable_by(by, timezone.now()).filter(pk__in=sources)
    known = set(readable.values_list("pk", flat=True))
    return "\n".join(_quote_in_words(piece, known) for piece in evidence.values())


def _quote_in_words(piece: Evidence, known: set[int]) -> str:
    """A quote as one line: how it bears on the claim, its words and its source."""
    source = piece.excerpt.source
    if source.pk in known:
        words = f"“{piece.excerpt.printed}” ({source})"
    else:
        words = source.public_descriptor
    return f"{_(Stance(piece.stance).label)}: {words}"


def _text_of(content: Content, name: str) -> str:
    """A part of content as it is typed into the form."""
    if name == "asserted_by":
        links = (str(getattr(link, "description", link)) for link in content.asserted_by)
        return " › ".join(links)
    initial = initial_of(content)
    if name == "absence":
        absent = (*initial["absence_terms"], initial["absence_series"], *initial["absence_sources"])
        return "\n".join(filter(None, absent))
    value = initial[name]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "\n".join(value) if isinstance(value, list) else str(value or "")
