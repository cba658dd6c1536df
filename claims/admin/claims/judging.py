"""The fields by which a reviewer judges the quotes of a claim, by the stance of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.claims.review import JudgementGiven
from claims.admin.claims.doubts import confirmations
from claims.models import Evidence, Judgement
from claims.vocabulary import JudgementAnswer, Stance
from sources.readings.doubts import DoubtReading

# The Admiralty scale of information. Source: NATO AJP-2.1.
CREDIBILITY = [
    ("", gettext_lazy("– not judged")),
    ("1", gettext_lazy("1 – confirmed")),
    ("2", gettext_lazy("2 – probably true")),
    ("3", gettext_lazy("3 – possibly true")),
    ("4", gettext_lazy("4 – doubtful")),
    ("5", gettext_lazy("5 – improbable")),
    ("6", gettext_lazy("6 – cannot be judged")),
]

QUESTIONS = {
    Stance.SUPPORTS: gettext_lazy("Does the quote make this claim?"),
    Stance.REFUTES: gettext_lazy("Does the quote speak against this claim?"),
    Stance.CONTEXT: gettext_lazy("Does this context belong to the claim?"),
}
ANSWERS = {
    Stance.SUPPORTS: [
        (JudgementAnswer.YES.value, gettext_lazy("Yes, it makes this claim")),
        (JudgementAnswer.PARTLY.value, gettext_lazy("Partly: the note says which part")),
        (JudgementAnswer.NO.value, gettext_lazy("No")),
    ],
    Stance.REFUTES: [
        (JudgementAnswer.YES.value, gettext_lazy("Yes, it speaks against it")),
        (JudgementAnswer.NO.value, gettext_lazy("No")),
    ],
    Stance.CONTEXT: [
        (JudgementAnswer.YES.value, gettext_lazy("Yes, it belongs")),
        (JudgementAnswer.NO.value, gettext_lazy("No")),
    ],
}
ANSWERED = {
    Stance.SUPPORTS: {
        JudgementAnswer.YES: gettext_lazy("The quote makes the claim"),
        JudgementAnswer.PARTLY: gettext_lazy("The quote makes a part of the claim"),
        JudgementAnswer.NO: gettext_lazy("The quote does not make the claim"),
    },
    Stance.REFUTES: {
        JudgementAnswer.YES: gettext_lazy("The quote speaks against the claim"),
        JudgementAnswer.NO: gettext_lazy("The quote does not speak against the claim"),
    },
    Stance.CONTEXT: {
        JudgementAnswer.YES: gettext_lazy("The context belongs to the claim"),
        JudgementAnswer.NO: gettext_lazy("The context does not belong to the claim"),
    },
}
# The key of each answer, and what the list of keys says of it.
KEYS = {
    JudgementAnswer.YES.value: ("y", gettext_lazy("Yes to the question about the quote")),
    JudgementAnswer.PARTLY.value: ("p", gettext_lazy("Partly: the quote makes a part")),
    JudgementAnswer.NO.value: ("n", gettext_lazy("No to the question about the quote")),
}


class AnswerSelect(forms.RadioSelect):
    """Radio buttons of answers, each with its key."""

    def create_option(self, name: str, value: Any, *args: Any, **kw: Any) -> dict[str, Any]:
        """Add the key of the answer to its button."""
        option = super().create_option(name, value, *args, **kw)
        key, words = KEYS[str(value)]
        option["attrs"] |= {"data-key": key, "data-key-words": words, "aria-keyshortcuts": key}
        return option


def judgement_fields(piece: Evidence) -> dict[str, forms.Field]:
    """The fields about one piece of evidence, by name."""
    stance = Stance(piece.stance)
    return {
        f"makes_{piece.pk}": forms.ChoiceField(
            label=QUESTIONS[stance],
            choices=ANSWERS[stance],
            required=False,
            widget=AnswerSelect(attrs={"form": "decide"}),
        ),
        f"note_{piece.pk}": forms.CharField(
            label=_("Note on this quote"),
            required=False,
            widget=forms.TextInput(attrs={"form": "decide"}),
        ),
        f"credibility_{piece.pk}": forms.ChoiceField(
            label=_("Credibility (optional)"),
            choices=CREDIBILITY,
            required=False,
            widget=forms.Select(attrs={"form": "decide"}),
        ),
    }


def judgement_given(
    piece: Evidence, doubts: Sequence[DoubtReading], typed: Mapping[str, Any]
) -> JudgementGiven | None:
    """The judgement on one piece of evidence; None where its question was not answered."""
    answered = typed.get(f"makes_{piece.pk}")
    if not answered:
        return None
    answer = JudgementAnswer(answered)
    credibility = typed.get(f"credibility_{piece.pk}")
    return JudgementGiven(
        makes_claim=piece.stance == Stance.SUPPORTS and answer is JudgementAnswer.YES,
        answer=answer,
        credibility=int(credibility) if credibility else None,
        note=typed.get(f"note_{piece.pk}", ""),
        confirmed=confirmations(piece.pk, doubts, typed),
    )


def answer_text(judgement: Judgement | None, stance: str) -> str:
    """The words of a review on a quote, with its note; empty where it said nothing.

    Who judged before each stance had its own question said whether the quote makes the claim.
    """
    if judgement is None:
        return ""
    if judgement.answer:
        said = str(ANSWERED[Stance(stance)][JudgementAnswer(judgement.answer)])
    else:
        answer = JudgementAnswer.YES if judgement.makes_claim else JudgementAnswer.NO
        said = str(ANSWERED[Stance.SUPPORTS][answer])
    if judgement.credibility:
        said += _("; credibility %(credibility)d") % {"credibility": judgement.credibility}
    return f"{said}: {judgement.note}" if judgement.note else f"{said}."
