"""Why a conflict is one, in a sentence: who says what on each side, and how hard they disagree."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from claims.models import Conflict, PublicConflict, Version
from claims.readings.positions import OF_VALUES, Position, positions, question_of
from claims.readings.wording import PUBLIC, asserter_text
from claims.vocabulary import ConflictKind, Mode, Strength, ValueKind
from sources.querysets.readers import Knowing

# How many sides a sentence names; the others are counted.
MAX_NAMED = 4


def reason_of(
    conflict: Conflict | PublicConflict, versions: Sequence[Version], *, to: Knowing = PUBLIC
) -> str:
    """The reason of a conflict between these versions, which were read with `in_full`."""
    if not versions:
        return ""
    if conflict.kind not in OF_VALUES:
        return f"{_(ConflictKind(conflict.kind).meaning)}{_same_source(conflict)}"
    sides = positions(conflict.kind, versions, to=to)
    named = [_side(side, to) for side in sides[:MAX_NAMED]]
    if len(sides) > MAX_NAMED:
        named.append(_("%(n)d more") % {"n": len(sides) - MAX_NAMED})
    return (
        _("%(question)s. %(sides)s.")
        % {
            "question": question_of(conflict, versions, to=to),
            "sides": _(", against ").join(named),
        }
        + f" {_why(conflict, versions)}{_same_source(conflict)}"
    )


def is_soft(version: Version) -> bool:
    """Whether a version is somebody's word, an estimate, or an uncertain date.

    The rule that `claims/querysets/disagreements.py` goes by.
    """
    is_date = version.property is not None and version.property.value_kind == ValueKind.DATE
    return (
        version.mode in (Mode.ESTIMATED, Mode.ASSESSED)
        or bool(version.asserters.all())
        or any(mark in version.period for mark in "?~%")
        or (is_date and (version.approximate or any(mark in version.value for mark in "?~%")))
    )


def _side(side: Position, to: Knowing) -> str:
    """A side, who takes it first: "Al Jazeera (C12), C15: 8 May 2025"."""
    text = f"{side.value}, {side.period}" if side.period else side.value
    held = {
        version.claim.ref: asserter_text(version.asserters.all(), to=to)
        for version in side.versions
    }
    who = [f"{asserter} ({ref})" if asserter else ref for ref, asserter in held.items()]
    more = _(" and %(n)d more") % {"n": len(who) - MAX_NAMED} if len(who) > MAX_NAMED else ""
    return f"{', '.join(who[:MAX_NAMED])}{more}: {text}"


def _why(conflict: Conflict | PublicConflict, versions: Sequence[Version]) -> str:
    """Say why it is a contradiction, or no more than a tension."""
    if conflict.strength == Strength.CONTRADICTION:
        return _("They are said plainly of the same time, so that they cannot all stand.")
    soft = list(dict.fromkeys(version.claim.ref for version in versions if is_soft(version)))
    why = []
    if soft:
        words = _("%(refs)s is somebody’s word, an estimate or an uncertain date")
        why.append(words % {"refs": ", ".join(soft[:MAX_NAMED])})
    if len({version.period_days for version in versions}) > 1:
        why.append(_("the periods overlap and are not the same"))
    return _("It is a tension: %(why)s.") % {"why": "; ".join(why)} if why else ""


def _same_source(conflict: Conflict | PublicConflict) -> str:
    return " " + _("All of it comes from one source.") if conflict.same_source else ""
