"""A claim in words for people: the same at the pages, the desk and in fact sheets.

A door decides only how the words look, and which of them it has room for.
"""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext as _

from claims.readings.claims import ClaimReading
from claims.readings.notices import Notice
from claims.readings.support import origins_text, shared_texts, support_text
from claims.readings.values import (
    understood_text,
    value_as_understood,
    value_as_written,
    value_text,
)
from claims.readings.wording import date_text
from claims.vocabulary import Mode, Stance, Status


class LineReading(msgspec.Struct, frozen=True, gc=False):
    """A claim in words; every part is text, empty where there is nothing to say.

    `attribution` comes before the statement, `mode` (how sure it is, where it is not plainly
    stated) between them. `written` is the value as the source has it, else as typed, to be told
    first, and `understood` how it is compared, where that says more; `as_written` is the source's
    own wording alone, `value` as typed and as it was understood, `compared` the range alone.
    `said_on` is when it
    was said: where nobody typed that, the earliest date of the supporting sources
    (`is_said_on_from_source`). `rests_on` names premises and formula, `search` says where the
    search for what is absent stands. `origins` is the number of independent origins, `support` the
    same with documents, publishers and authors, `shared` which documents count once.
    """

    claim: ClaimReading
    status: str
    attribution: str
    mode: str
    subject: str
    property: str
    written: str
    understood: str
    as_written: str
    value: str
    compared: str
    period: str
    said_on: str
    is_said_on_from_source: bool
    rests_on: str
    search: str
    origins: str
    support: str
    shared: Sequence[str]
    notices: Sequence[Notice]


def line_of(claim: ClaimReading) -> LineReading:
    """The claim in words."""
    said_on, is_from_source = said_on_text(claim)
    return LineReading(
        claim,
        claim_status_text(claim),
        claim.attribution,
        mode_text(claim.mode),
        claim.subject.label if claim.subject else "",
        property_text(claim),
        value_as_written(claim.value),
        value_as_understood(claim.value),
        claim.value.as_written if claim.value else "",
        value_text(claim.value),
        understood_text(claim.value),
        date_text(claim.period.typed) if claim.period else "",
        said_on,
        is_from_source,
        rests_on_text(claim),
        claim.search.sentence if claim.search else "",
        origins_text(claim.support),
        support_text(claim.support),
        shared_texts(claim.support),
        claim.notices,
    )


def claim_status_text(claim: ClaimReading) -> str:
    """The status of the claim for its reader: published, retracted, or that of the review."""
    if claim.status == "retracted":
        return _("Retracted")
    return _("Published") if claim.is_published else _(Status(claim.status).label)


def mode_text(mode: Mode) -> str:
    """How sure it is said, where that is not plainly."""
    return "" if mode == Mode.STATED else _(mode.label).lower()


def property_text(claim: ClaimReading) -> str:
    """The label of the property, and of the aspect that it is said of."""
    if claim.property is None:
        return ""
    if claim.aspect is None:
        return claim.property.label
    return f"{claim.property.label} ({claim.aspect.name})"


def said_on_text(claim: ClaimReading) -> tuple[str, bool]:
    """When it was said, and whether that is no more than the earliest date of its sources."""
    if claim.asserted_on:
        return date_text(claim.asserted_on), False
    dated = [
        (source.first_issued, source.issued)
        for piece in claim.evidence
        for source in [piece.quote.source]
        if piece.stance == Stance.SUPPORTS and source.first_issued is not None
    ]
    return (date_text(min(dated)[1]), True) if dated else ("", False)


def rests_on_text(claim: ClaimReading) -> str:
    """The premises with the formula; those that the reader may not know are counted as one."""
    if not claim.premises:
        return ""
    refs = [premise.ref for premise in claim.premises if premise.ref is not None]
    if len(refs) < len(claim.premises):
        refs.append(_("a claim that is no longer public"))
    words = {"refs": ", ".join(refs), "formula": claim.formula}
    if claim.formula:
        return _("Computed from %(refs)s: %(formula)s") % words
    return _("Rests on %(refs)s") % words


def undated_line(line: LineReading) -> str:
    """A claim held apart for want of a period in one line: who says it, the value, for when."""
    return f"{line.attribution}: {line.value}, {line.period or _('without a period')}"


def other_basis_line(line: LineReading) -> str:
    """A claim on another basis in one line: who says it, the value, on which basis, for when."""
    basis = line.claim.basis or _("basis not said")
    words = f"{line.attribution}: {line.value} ({basis})"
    return f"{words}, {line.period}" if line.period else words
