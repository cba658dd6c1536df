"""The evidence of a version as its page shows it: each quote in its text, and its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.claims.doubts import DoubtPanel, doubt_panels
from claims.admin.claims.judging import answer_text
from claims.admin.claims.steps import DecisionForm
from claims.models import Evidence, Judgement, Version
from claims.readings.claims import EvidenceReading
from sources.models import Source, SourceOrigin
from sources.readings.doubts import DoubtReading
from sources.readings.quote_contexts import QuoteContext, quote_contexts
from sources.readings.reader import Reader
from sources.readings.sources import source_of
from sources.vocabulary import Access, OriginKind, Reliability


@dataclass(frozen=True)
class EvidencePanel:
    """A piece of evidence as this reader may know it, with the fields that judge it.

    `context` is the quote in its text, `reader_url` leads to its place in the reader. `reliability`
    is the grade of the publisher in words, with the reason. `origins` say in words what the source
    derives from, `own_origin` on whose authority the passage rests. `access` is said of a source
    that is not for everybody. `is_quote_shown` is False where the context shows the same words.
    `last_answer` is what the last review said of the same quote.
    """

    told: EvidenceReading
    judging: Sequence[forms.BoundField] = ()
    doubts: Sequence[DoubtPanel] = ()
    context: QuoteContext | None = None
    reader_url: str = ""
    is_quote_shown: bool = True
    reliability: str = ""
    access: str = ""
    origins: Sequence[str] = ()
    own_origin: str = ""
    last_answer: str = ""


def evidence_of(version: Version) -> list[Evidence]:
    """The evidence of a version, with what its panels need of the sources."""
    rows = version.evidence.select_related("own_origin", "excerpt__source__publisher")
    return list(rows.order_by("pk"))


def evidence_panels(
    told: Sequence[EvidenceReading],
    evidence: Sequence[Evidence],
    *,
    doubts: Mapping[int, Sequence[DoubtReading]],
    decide: DecisionForm | None,
    last_judgements: Mapping[int, Judgement],
    reader: Reader,
) -> list[EvidencePanel]:
    """The panels of a version's evidence, in a constant number of queries.

    `told` are the readings of `evidence`, in its order; `doubts` and `last_judgements` are by the
    id of the quote. Without the form of a decision nothing is judged.
    """
    contexts = quote_contexts([row.excerpt_id for row in evidence], reader)
    known = [row.excerpt.source for row in evidence if reader.knows(row.excerpt.source)]
    origins = _origin_texts(known, reader)
    panels = []
    for piece, row in zip(told, evidence, strict=True):
        source = row.excerpt.source
        panel = EvidencePanel(
            piece,
            own_origin=source_of(row.own_origin, reader).title if row.own_origin else "",
            doubts=doubt_panels(row.pk, doubts.get(row.excerpt_id, ()), None),
        )
        if reader.knows(source):
            panel = replace(
                panel,
                judging=decide.judging(row) if decide else (),
                doubts=decide.panels(row) if decide else panel.doubts,
                reliability=_reliability_text(source),
                access=_(Access(source.access).label) if source.access != Access.PUBLIC else "",
                origins=origins.get(source.pk, ()),
                last_answer=answer_text(last_judgements.get(row.excerpt_id), row.stance),
                **_placed(piece, contexts.get(row.excerpt_id)),
            )
        panels.append(panel)
    return panels


def _placed(piece: EvidenceReading, context: QuoteContext | None) -> dict[str, Any]:
    """The parts of a panel about the place of the quote in its text."""
    if context is None:
        return {}
    address = reverse("claims:source", args=[piece.quote.source.key])
    is_same = _run_together(context.words) == _run_together(piece.quote.words or "")
    return {
        "context": context,
        "reader_url": f"{address}?text={context.layer}&place={context.start}-{context.end}#x0",
        "is_quote_shown": not is_same,
    }


def _run_together(words: str) -> str:
    return " ".join(words.split())


def _reliability_text(source: Source) -> str:
    """How far the publisher of a source is relied on, and why; empty where there is none."""
    publisher = source.publisher
    if publisher is None:
        return ""
    label = _(Reliability(publisher.reliability).label)
    reason = publisher.reliability_reason
    return f"{label}: {reason}" if reason else label


def _origin_texts(sources: Sequence[Source], reader: Reader) -> dict[int, list[str]]:
    """The origins of each of these sources, in words; of one that is not known its descriptor."""
    found: dict[int, list[str]] = {}
    ties = SourceOrigin.objects.filter(source__in=sources).select_related("origin__publisher")
    for tie in ties.order_by("pk"):
        words = {
            "kind": _(OriginKind(tie.kind).label),
            "origin": source_of(tie.origin, reader).title,
        }
        found.setdefault(tie.source_id, []).append(_("%(kind)s of “%(origin)s”") % words)
    return found
