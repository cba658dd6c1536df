"""Quotes of a source as its page lists them: with their grades, context and claims."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest, Least, Substr
from django.urls import reverse

from claims.models import Evidence, Version
from claims.pages.presenters import Line, line_view
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.lines import claim_status_text
from claims.readings.wording import translation_note
from claims.vocabulary import Stance
from sources.models import Excerpt, Grading
from sources.readings.quote_findings import QuoteFinding, quote_findings
from sources.readings.quotes import QuoteReading, quote_of
from sources.readings.reader import Reader
from sources.readings.redacted_text import hidden_places
from sources.vocabulary import Grade

# Around each quote the public reads at most 300 characters: half of them on each side.
CONTEXT_LENGTH = 150

# The grades of words that stand where their place says.
IN_PLACE = [Grade.EXACT, Grade.FOLDED, Grade.ELIDED, Grade.AMBIGUOUS]


@dataclass(frozen=True)
class Cited:
    """A claim that rests on a quote; `status` is named where readers do not see the version."""

    line: Line
    url: str
    stance: Stance
    status: str


@dataclass(frozen=True)
class Passage:
    """A quote with a little of what stands around it, and the claims that it carries."""

    quote: QuoteReading
    before: str
    after: str
    translation_note: str
    finding: QuoteFinding
    claims: Sequence[Cited]
    is_placed: bool = False

    @property
    def number(self) -> int:
        """The number of the excerpt."""
        return self.quote.number or 0

    @property
    def refs(self) -> str:
        """The claims on it, for the mark in the text."""
        return ", ".join(one.line.claim.ref for one in self.claims[:2]) + (
            f" +{len(self.claims) - 2}" if len(self.claims) > 2 else ""
        )


def passages_of(
    excerpts: Sequence[Excerpt], reader: Reader, *, placed: frozenset[int] | None = None
) -> list[Passage]:
    """The quotes with the claims that the reader sees on them, read at once.

    Excerpts are of sources that the reader may know, read `with_withheld_at`.

    `placed` are those that are marked in the text beside; without it, each comes with its
    context.
    """
    quotes = {excerpt.pk: quote_of(excerpt, reader) for excerpt in excerpts}
    readable = [pk for pk, quote in quotes.items() if quote.words]  # but those withheld
    context = context_of_quotes(readable) if placed is None else {}
    findings = quote_findings(quotes.values(), reader)
    claims = cited_by(list(quotes), reader)
    passages = []
    for pk, quote in quotes.items():
        before, after = context.get(pk, ("", ""))
        passages.append(
            Passage(
                quote=quote,
                before=before,
                after=after,
                translation_note=translation_note(
                    quote.translated_by, quote.translation_method or ""
                ),
                finding=findings.of(quote),
                claims=claims[pk],
                is_placed=placed is not None and pk in placed,
            )
        )
    return passages


def context_of_quotes(excerpts: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the text before and after each located quote, cut between words, and at words that
    were withheld or that no page shows.

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
        .values_list("excerpt_id", "layer_id", "start", "end", "before", "after", "layer__doubts")
    )
    rows = list(located)
    gone = Grading.objects.withheld_places({layer for _excerpt, layer, *_place in rows})
    found = {}
    for excerpt, layer, start, end, before, after, doubts in rows:
        unshown = [*gone[layer], *hidden_places(doubts)]
        ends = [place[1] - start for place in unshown if place[0] < start]
        begins = [place[0] - end for place in unshown if place[1] > end]
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


def cited_by(excerpts: Sequence[int], reader: Reader) -> dict[int, list[Cited]]:
    """The claims that rest on each quote, in order of their references.

    Of each claim the version that readers see; the desk besides reads the latest ones.
    """
    seen = Q(version__published__contains=reader.at)
    if reader.is_staff:
        newest = Version.objects.visible_to(reader.account, reader.at)
        seen |= Q(version__in=newest.values("pk"))
    ties = list(
        Evidence.objects.filter(seen, excerpt__in=excerpts)
        .order_by("version__claim_id", "-version__number")
        .values_list("excerpt_id", "version_id", "stance")
    )
    versions = list(dict.fromkeys(version for _excerpt, version, _stance in ties))
    claims = {claim.id: claim for claim in read_claims(versions, reader)}
    found: dict[int, dict[int, Cited]] = defaultdict(dict)
    for excerpt, version, stance in ties:
        claim = claims[version]
        if claim.claim not in found[excerpt] or claim.is_published:
            found[excerpt][claim.claim] = _cited(claim, Stance(stance))
    return {excerpt: list(found[excerpt].values()) for excerpt in excerpts}


def _cited(claim: ClaimReading, stance: Stance) -> Cited:
    """A claim as the list under a quote names it."""
    page = "claims:claim" if claim.is_published else "admin:claims_claim_change"
    return Cited(
        line=line_view(claim),
        url=reverse(page, args=[claim.claim]),
        stance=stance,
        status="" if claim.is_published else claim_status_text(claim),
    )
