"""A conflict put as a question, with the values of its sides as they are written."""

from django.utils.translation import gettext as _

from claims.readings.questions import QuestionReading
from claims.readings.sides import OF_VALUES
from claims.readings.values import value_as_written
from claims.vocabulary import ConflictKind

# Sides that a question names; of more it asks without naming any.
MAX_ASKED = 3


def asked_text(question: QuestionReading) -> str:
    """The conflict as a question: "China–Russia trade, change: −9% or growing?".

    That of a person is told as it was asked; of a conflict about which nothing computed may be
    told, and of one without sides, the question stays what it is, or empty.
    """
    kind = question.conflict.kind
    if question.is_guarded or not question.parties or question.conflict.question:
        return question.question
    if kind == ConflictKind.STANCE:
        return _("Do its sources bear it out?")
    if kind == ConflictKind.ABSENCE:
        return _("Is it absent, though it was found?")
    first = question.parties[0]
    if kind not in OF_VALUES or first.property is None:
        return question.question
    aspect = first.aspect.name if first.aspect else ""
    parts = (first.subject.label if first.subject else "", first.property.label, aspect)
    about = ", ".join(part for part in (*parts, first.basis) if part)
    values = dict.fromkeys(value_as_written(side.claims[0].value) for side in question.sides)
    if not 2 <= len(values) <= MAX_ASKED:
        return _("%(about)s: which of them holds?") % {"about": about}
    return _("%(about)s: %(values)s?") % {"about": about, "values": _(" or ").join(values)}
