"""Notices: warnings about a claim, and words in its favour, the same at every door.

Every notice of a claim is kept, the gravest first: that one is its headline.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from claims.readings.wording import day_text
from claims.vocabulary import (
    AbsenceStatus,
    ConflictStatus,
    FlagKind,
    NoticeCode,
    Stance,
)
from sources.readings.phrases import phrase as _
from sources.vocabulary import Standing

if TYPE_CHECKING:
    from claims.readings.claims import (
        ConflictReading,
        EvidenceReading,
        FormerConflictReading,
        PremiseReading,
    )
    from claims.readings.searches import SearchReading


class Notice(msgspec.Struct, frozen=True, gc=False):
    """One warning, or one word in favour, about a claim.

    `sentence` says it to people, whole. `reference` is what it is about: a conflict (K2), a claim
    or version (C5, C5/v1), the key of a source; empty where it is about the claim itself, or about
    what the reader may not know.
    """

    code: NoticeCode
    sentence: str
    reference: str = ""


# The notice that a source of some standing makes on what rests on it.
_OF_STANDING = {
    Standing.RETRACTED: NoticeCode.SOURCE_RETRACTED,
    Standing.WITHDRAWN: NoticeCode.SOURCE_WITHDRAWN,
    Standing.CONCERN: NoticeCode.SOURCE_OF_CONCERN,
    Standing.CORRECTED: NoticeCode.SOURCE_CORRECTED,
    Standing.SUPERSEDED: NoticeCode.SOURCE_SUPERSEDED,
}
_GRAVITY = {code: place for place, code in enumerate(NoticeCode)}


def notices_of(
    *,
    claim: int,
    is_unreviewed: bool,
    retracted: tuple[datetime, str] | None,
    taken_off: tuple[datetime, str] | None,
    evidence: Sequence["EvidenceReading"],
    is_supported: bool,
    premises: Sequence["PremiseReading"],
    conflicts: Sequence["ConflictReading"],
    former_conflicts: Sequence["FormerConflictReading"],
    search: "SearchReading | None",
    flags: Sequence[tuple[FlagKind, str]],
) -> tuple[Notice, ...]:
    """All notices of a version, the gravest first; of equally grave ones, as they are on record."""
    found = [
        *_of_review(retracted, taken_off, is_unreviewed=is_unreviewed),
        *_of_evidence(evidence),
        *_of_support(premises, search, is_supported=is_supported),
        *_of_conflicts(conflicts, claim),
        *[_of_former(one) for one in former_conflicts],
        *(Notice(NoticeCode.FLAGGED, _flag_text(kind, cause)) for kind, cause in flags),
    ]
    if len(found) > 1:
        found.sort(key=lambda notice: _GRAVITY[notice.code])
    return tuple(found)


def _of_review(
    retracted: tuple[datetime, str] | None,
    taken_off: tuple[datetime, str] | None,
    *,
    is_unreviewed: bool,
) -> Iterator[Notice]:
    """Of what people of the desk did with the claim, or have not done yet."""
    if retracted is not None:
        at, reason = retracted
        words = {"day": day_text(at.date()), "reason": reason}
        yield Notice(NoticeCode.RETRACTED, _("Retracted on %(day)s: %(reason)s") % words)
    if taken_off is not None:
        at, reason = taken_off
        words = {"day": day_text(at.date()), "reason": reason}
        yield Notice(
            NoticeCode.TAKEN_OFF, _("Taken off the public pages on %(day)s: %(reason)s") % words
        )
    if is_unreviewed:
        yield Notice(NoticeCode.UNREVIEWED, _("No second person has approved this version."))


def _of_evidence(evidence: Sequence["EvidenceReading"]) -> Iterator[Notice]:
    """Of sources that no longer stand as published, each once, and of withheld words."""
    told = set()
    for piece in evidence:
        quote, source = piece.quote, piece.quote.source
        if source.standing is not None and piece.stance != Stance.CONTEXT:
            sentence = source.standing.sentence
            if source.is_known:
                sentence = quoted_standing_text(Stance(piece.stance), source.title, sentence)
            if sentence not in told:
                told.add(sentence)
                yield Notice(_OF_STANDING[source.standing.code], sentence, source.key)
        if quote.withheld_on is not None:
            sentence = _("The words of a quote were withheld on %(day)s.")
            sentence = sentence % {"day": day_text(quote.withheld_on)}
            if sentence not in told:
                told.add(sentence)
                yield Notice(NoticeCode.WORDS_WITHHELD, sentence, source.key)


def quoted_standing_text(stance: Stance, title: str, sentence: str) -> str:
    """Say how a claim quotes a source that does not stand as published; `sentence` says why not."""
    words = {
        Stance.SUPPORTS: _("Rests on “%(title)s”. %(sentence)s"),
        Stance.REFUTES: _("Is refuted by “%(title)s”. %(sentence)s"),
        Stance.CONTEXT: _("Quotes “%(title)s”. %(sentence)s"),
    }[stance]
    return words % {"title": title, "sentence": sentence}


def _of_support(
    premises: Sequence["PremiseReading"], search: "SearchReading | None", *, is_supported: bool
) -> Iterator[Notice]:
    """Of what the claim rests on besides its quotes, and of nothing that it rests on."""
    if not (is_supported or premises or search is not None):
        yield Notice(NoticeCode.UNSUPPORTED, _("No supporting source stands behind this claim."))
    for premise in premises:
        if premise.is_current:
            continue
        if premise.ref is None:
            sentence = _("Rests on a claim that is no longer public.")
        else:
            sentence = _("Rests on %(ref)s, which no longer stands.") % {"ref": premise.ref}
        yield Notice(NoticeCode.PREMISE_GONE, sentence, premise.ref or "")
    if search is not None and (code := _OF_SEARCHES.get(search.outcome)) is not None:
        yield Notice(code, search.sentence)


_OF_SEARCHES = {
    AbsenceStatus.CONTRADICTED: NoticeCode.FOUND,
    AbsenceStatus.UNSEARCHED: NoticeCode.UNSEARCHED,
    AbsenceStatus.NOT_RUN: NoticeCode.UNSEARCHED,
    AbsenceStatus.OUTDATED: NoticeCode.UNSEARCHED,
    AbsenceStatus.UNANSWERED: NoticeCode.UNANSWERED,
    AbsenceStatus.PARTLY: NoticeCode.SEARCHED_IN_PART,
}


def _of_conflicts(conflicts: Sequence["ConflictReading"], claim: int) -> Iterator[Notice]:
    """Of each conflict that disputes the claim, or in which it was decided on."""
    for conflict in conflicts:
        ref = conflict.ref
        if conflict.status.disputes:
            words = {"ref": ref, "meaning": _(conflict.status.meaning)}
            yield Notice(NoticeCode.DISPUTED, _("Disputed (%(ref)s). %(meaning)s") % words, ref)
        elif conflict.status == ConflictStatus.RESOLVED and conflict.decision is not None:
            if claim not in conflict.decision.about:
                continue
            words = {"ref": ref, "decision": conflict.decision_text}
            if claim in conflict.decision.standing:
                yield Notice(NoticeCode.UPHELD, _("Upheld (%(ref)s). %(decision)s") % words, ref)
            else:
                sentence = _("Does not stand (%(ref)s). %(decision)s") % words
                yield Notice(NoticeCode.DOES_NOT_STAND, sentence, ref)


def _of_former(former: "FormerConflictReading") -> Notice:
    """Of a conflict that ended for the claim, as it or another party was taken back."""
    ref = former.conflict.ref
    sentence = (
        _("A conflict ended when a party to it was retracted or taken off (%(ref)s).")
        if former.is_closed
        else _("A conflict goes on without this claim (%(ref)s).")
    )
    words = [sentence % {"ref": ref}, former.conflict.decision_text]
    return Notice(NoticeCode.CONFLICT_ENDED, " ".join(one for one in words if one), ref)


def _flag_text(kind: FlagKind, cause: str) -> str:
    """Why the claim is to be looked at again."""
    return _("To be looked at again: %(why)s") % {"why": cause or _(kind.label)}
