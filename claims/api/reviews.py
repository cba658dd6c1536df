"""Reviews in the API, for staff only."""

from datetime import datetime
from typing import Annotated, TypedDict

from claims.models import Judgement, Review
from claims.vocabulary import Decision, JudgementAnswer
from sources.api.visit import Visit


class JudgementShape(TypedDict):
    """The reviewer's judgement on one piece of evidence."""

    excerpt: Annotated[int | None, "Null for a source that the reader may not know."]
    source: Annotated[str | None, "The key of the source."]
    quote: str | None
    makes_claim: Annotated[bool, "Whether the quote makes this claim."]
    answer: Annotated[
        JudgementAnswer | None,
        "What the stance of the quote asks: does it make the claim, speak against it, belong to it "
        "as context? `partly`: it makes a part, which the note names. Null where it was not asked.",
    ]
    credibility: Annotated[
        int | None, "1 (confirmed) to 6 (cannot be judged), on the Admiralty scale."
    ]
    note: str


class ReviewShape(TypedDict):
    """One person's decision on one version of another person."""

    version: str
    decision: Decision
    note: str
    reviewer: str
    decided_at: datetime
    content_hash: Annotated[str, "The content that was read."]
    judgements: list[JudgementShape]


def present_review(review: Review, visit: Visit) -> ReviewShape:
    """Present a review with its judgements."""
    judgements = sorted(review.judgements.all(), key=lambda judgement: judgement.evidence_id)
    return {
        "version": review.version.ref,
        "decision": Decision(review.decision),
        "note": review.note,
        "reviewer": str(review.reviewer),
        "decided_at": review.decided_at,
        "content_hash": review.content_hash,
        "judgements": [present_judgement(judgement, visit) for judgement in judgements],
    }


def present_judgement(judgement: Judgement, visit: Visit) -> JudgementShape:
    """Present the judgement on one quote."""
    excerpt = judgement.evidence.excerpt
    known = visit.asking.knows(excerpt.source)
    return {
        "excerpt": excerpt.pk if known else None,
        "source": excerpt.source.key if known else None,
        "quote": (excerpt.printed or None) if known else None,
        "makes_claim": judgement.makes_claim,
        "answer": JudgementAnswer(judgement.answer) if judgement.answer else None,
        "credibility": judgement.credibility,
        "note": judgement.note,
    }
