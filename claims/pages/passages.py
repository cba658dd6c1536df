"""Quotes of a source as its page lists them: with their grades, context and claims."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, Q, Value
from django.db.models.functions import Greatest, Least, Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.factsheets.rows import status_of
from claims.models import Asserter, Evidence, Version
from claims.pages.presenters import mode_text
from claims.pages.quote_findings import QuoteFinding, quote_findings_of
from claims.readings.wording import asserter_text, translation_note
from claims.vocabulary import Stance
from sources.models import Excerpt, Grading
from sources.querysets.readers import Knowing, is_staff
from sources.vocabulary import Grade

# Around each quote the public reads at most 300 characters: half of them on each side.
CONTEXT_LENGTH = 150

# The grades of words that stand where their place says.
IN_PLACE = [Grade.EXACT, Grade.FOLDED, Grade.ELIDED, Grade.AMBIGUOUS]


@dataclass(frozen=True)
class Cited:
    """A claim that rests on a quote; `status` is named where readers do not see the version."""

    ref: str
    url: str
    asserter: str
    mode: str
    statement: str
    language: str
    stance: str
    is_retracted: bool
    status: str


@dataclass(frozen=True)
class Passage:
    """A quote with a little of what stands around it, and the claims that it carries."""

    number: int
    words: str
    before: str
    after: str
    language: str
    locator: str
    translation: str
    translation_note: str
    finding: QuoteFinding
    claims: Sequence[Cited]
    is_placed: bool = False

    @property
    def refs(self) -> str:
        """The claims on it, for the mark in the text."""
        return ", ".join(claim.ref for claim in self.claims[:2]) + (
            f" +{len(self.claims) - 2}" if len(self.claims) > 2 else ""
        )


def passages_of(
    excerpts: Sequence[Excerpt], reader: Any, at: datetime, *, placed: frozenset[int] | None = None
) -> list[Passage]:
    """The quotes with the claims that the reader sees on them, read at once.

    `placed` are those that are marked in the text beside; without it, each comes with its
    context.
    """
    ids = [excerpt.pk for excerpt in excerpts]
    readable = [excerpt.pk for excerpt in excerpts if excerpt.exact]  # but those withheld
    context = context_of_quotes(readable) if placed is None else {}
    findings = quote_findings_of(excerpts, reader, at)
    claims = cited_by(ids, reader, at)
    passages = []
    for excerpt in excerpts:
        before, after = context.get(excerpt.pk, ("", ""))
        passages.append(
            Passage(
                number=excerpt.pk,
                words=excerpt.exact,
                before=before,
                after=after,
                language=excerpt.language,
                locator=excerpt.locator,
                translation=excerpt.translation,
                translation_note=translation_note(
                    excerpt.translated_by, excerpt.translation_method
                ),
                finding=findings[excerpt.pk],
                claims=claims[excerpt.pk],
                is_placed=placed is not None and excerpt.pk in placed,
            )
        )
    return passages


def context_of_quotes(excerpts: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the text before and after each located quote, cut between words and at withheld ones.

    The database cuts, so that a long text is not read for a line of it.
    """
    located = (
        Grading.objects.filter(excerpt__in=excerpts)
        .newest()
        .filter(grade__in=IN_PLACE, start__isnull=False, layer__isnull=False)
        .annotate(
            before=Substr(
                "layer__text",
                Greatest(F("start") - CONTEXT_LENGTH, Value(0)) + 1,
                Least(F("start"), Value(CONTEXT_LENGTH)),
            ),
            after=Substr("layer__text", F("end") + 1, Value(CONTEXT_LENGTH)),
        )
        .values_list("excerpt_id", "layer_id", "start", "end", "before", "after")
    )
    rows = list(located)
    gone = Grading.objects.withheld_places({layer for _excerpt, layer, *_place in rows})
    found = {}
    for excerpt, layer, start, end, before, after in rows:
        ends = [place[1] - start for place in gone[layer] if place[0] < start]
        begins = [place[0] - end for place in gone[layer] if place[1] > end]
        found[excerpt] = (
            cut_before(
                before, begins_there=start <= CONTEXT_LENGTH, withheld_until=max(ends, default=None)
            ),
            cut_after(
                after,
                ends_there=len(after) < CONTEXT_LENGTH,
                withheld_from=min(begins, default=None),
            ),
        )
    return found


def cut_before(text: str, *, begins_there: bool, withheld_until: int | None) -> str:
    """Cut the text shown before a quote; positions count back from it, as -5 or 0."""
    if withheld_until is not None and -withheld_until < len(text):
        kept = text[len(text) + withheld_until :] if withheld_until < 0 else ""
        return f"… {kept}" if kept.strip() else "… "
    return text if begins_there else from_a_word_on(text)


def cut_after(text: str, *, ends_there: bool, withheld_from: int | None) -> str:
    """Cut the text shown after a quote; positions count on from its end."""
    if withheld_from is not None and withheld_from < len(text):
        kept = text[: max(0, withheld_from)]
        return f"{kept} …" if kept.strip() else " …"
    return text if ends_there else until_a_word(text)


def from_a_word_on(text: str) -> str:
    """The text from its second word on, with a mark that it is cut."""
    _cut, _space, rest = text.partition(" ")
    return f"… {rest}" if rest else ""


def until_a_word(text: str) -> str:
    """The text up to its last word, with a mark that it is cut."""
    rest, _space, _cut = text.rpartition(" ")
    return f"{rest} …" if rest else ""


def cited_by(excerpts: Sequence[int], reader: Any, at: datetime) -> dict[int, list[Cited]]:
    """The claims that rest on each quote, in order of their references.

    Of each claim the version that readers see; the desk besides reads the latest ones.
    """
    asserters = Asserter.objects.select_related("entity__source").order_by("position")
    seen = Q(version__published__contains=at)
    if is_staff(reader):
        seen |= Q(version__in=Version.objects.visible_to(reader, at).values("pk"))
    evidence: Any = (
        Evidence.objects.filter(seen, excerpt__in=excerpts)
        .select_related("version__claim")
        .prefetch_related(Prefetch("version__asserters", asserters))
        .order_by("version__claim_id", "-version__number")
    )
    found: dict[int, dict[int, Cited]] = defaultdict(dict)
    to = Knowing(reader)
    for piece in evidence:
        version = piece.version
        if version.claim_id not in found[piece.excerpt_id] or version.is_published(at):
            found[piece.excerpt_id][version.claim_id] = _cited(piece, to, at)
    return {
        excerpt: list(found[excerpt].values()) if excerpt in found else [] for excerpt in excerpts
    }


def _cited(piece: Evidence, to: Knowing, at: datetime) -> Cited:
    """A claim as the list under a quote names it."""
    version = piece.version
    is_published = version.is_published(at)
    page = "claims:claim" if is_published else "admin:claims_claim_change"
    return Cited(
        ref=version.claim.ref,
        url=reverse(page, args=[version.claim_id]),
        asserter=asserter_text(version.asserters.all(), to=to),
        mode=mode_text(version.mode),
        statement=version.statement,
        language=version.language,
        stance=_(Stance(piece.stance).label),
        is_retracted=version.claim.is_retracted,
        status="" if is_published else status_of(version, at)[1],
    )
