"""The page of a source: its record, and the quotes that published claims rest on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, Value
from django.db.models.functions import Greatest, Least, Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.factsheets.wording import asserter_text, date_text
from claims.models import Asserter, Evidence
from claims.pages.asking import answering, page_of
from claims.pages.shown import PUBLIC, citation_of, mode_text
from claims.vocabulary import Stance
from sources.models import Excerpt, Grading, Series, Source
from sources.vocabulary import Grade, OriginKind

# Around each quote the public reads at most 300 characters: half of them on each side.
AROUND = 150


@dataclass(frozen=True)
class Cited:
    """A published claim that rests on a quote."""

    ref: str
    number: int
    asserter: str
    mode: str
    statement: str
    language: str
    stance: str
    is_retracted: bool


@dataclass(frozen=True)
class Passage:
    """A quote with a little of what stands around it, and the claims that it carries."""

    number: int
    words: str
    before: str
    after: str
    language: str
    locator: str
    grade_label: str
    grade_meaning: str
    is_verified: bool
    claims: Sequence[Cited]


@require_safe
@answering
def source(request: HttpRequest, key: str) -> HttpResponse:
    """The record of a source with its quotes. A confidential one has no page."""
    now = timezone.now()
    found = get_object_or_404(Source.objects.public().select_related("publisher"), key=key)
    page = page_of(found.excerpts.shown_to(PUBLIC, now), request, key="pk")
    origins = found.origin_ties.select_related("origin__publisher").order_by("pk")
    series = Series.objects.known_to(PUBLIC, now).filter(members__source=found)
    return render(
        request,
        "claims/source.html",
        {
            "source": found,
            "citation": citation_of(found),
            "issued": date_text(found.issued),
            "type": found.type.replace("-", " ").replace("_", " "),
            "standing": found.get_standing_display(),
            "origins": [
                (_(OriginKind(tie.kind).label), citation_of(tie.origin)) for tie in origins
            ],
            "series": series.order_by("title", "pk"),
            "captures": found.captures.order_by("-captured_at", "-pk")[:1],
            "passages": passages_of(page.rows, now),
            "next_after": page.next_after,
        },
    )


def passages_of(excerpts: Sequence[Excerpt], at: datetime) -> list[Passage]:
    """The quotes with their surroundings and claims, read at once."""
    ids = [excerpt.pk for excerpt in excerpts]
    around = surroundings_of(ids)
    claims = cited_by(ids, at)
    passages = []
    for excerpt in excerpts:
        grade = Grade(excerpt.grade)
        before, after = around.get(excerpt.pk, ("", ""))
        passages.append(
            Passage(
                number=excerpt.pk,
                words=excerpt.exact,
                before=before,
                after=after,
                language=excerpt.language,
                locator=excerpt.locator,
                grade_label=_(grade.label),
                grade_meaning=_(grade.meaning),
                is_verified=grade.is_verified,
                claims=claims[excerpt.pk],
            )
        )
    return passages


def surroundings_of(excerpts: Sequence[int]) -> dict[int, tuple[str, str]]:
    """What stands before and after each located quote, cut between words.

    The database cuts, so that a long text is not read for a line of it.
    """
    located = (
        Grading.objects.filter(excerpt__in=excerpts)
        .newest()
        .filter(start__isnull=False, layer__isnull=False)
        .annotate(
            before=Substr(
                "layer__text",
                Greatest(F("start") - AROUND, Value(0)) + 1,
                Least(F("start"), Value(AROUND)),
            ),
            after=Substr("layer__text", F("end") + 1, Value(AROUND)),
        )
        .values_list("excerpt_id", "start", "before", "after")
    )
    return {
        excerpt: (
            before if start <= AROUND else from_a_word_on(before),
            after if len(after) < AROUND else until_a_word(after),
        )
        for excerpt, start, before, after in located
    }


def from_a_word_on(text: str) -> str:
    """The text from its second word on, with a mark that it is cut."""
    _cut, _space, rest = text.partition(" ")
    return f"… {rest}" if rest else ""


def until_a_word(text: str) -> str:
    """The text up to its last word, with a mark that it is cut."""
    rest, _space, _cut = text.rpartition(" ")
    return f"{rest} …" if rest else ""


def cited_by(excerpts: Sequence[int], at: datetime) -> dict[int, list[Cited]]:
    """The published claims that rest on each quote, in order of their references."""
    asserters = Asserter.objects.select_related("entity__source").order_by("position")
    evidence: Any = (
        Evidence.objects.filter(excerpt__in=excerpts, version__published__contains=at)
        .select_related("version__claim")
        .prefetch_related(Prefetch("version__asserters", asserters))
        .order_by("version__claim_id")
    )
    found: dict[int, list[Cited]] = defaultdict(list)
    for piece in evidence:
        version = piece.version
        found[piece.excerpt_id].append(
            Cited(
                ref=version.claim.ref,
                number=version.claim_id,
                asserter=asserter_text(version.asserters.all()),
                mode=mode_text(version.mode),
                statement=version.statement,
                language=version.language,
                stance=_(Stance(piece.stance).label),
                is_retracted=version.claim.is_retracted,
            )
        )
    return found
