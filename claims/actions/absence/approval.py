"""The search for what a version says is absent, as the rule of approval sees it."""

from collections.abc import Sequence

from claims.actions.absence.document_search import location_of, waits_for_answer
from claims.domain.approval import SearchJudged
from claims.models import AbsenceRun, AbsenceScope, Finding, Version
from claims.querysets.absences import search_states
from claims.vocabulary import AbsenceStatus
from sources.domain.text.segments import masked
from sources.models import Grading, TextLayer
from sources.readings.reader import Reader

# Of how many texts a refusal names words; each is read for it.
MAX_TEXTS_READ = 10


def search_judged(version: Version, words: Sequence[str]) -> SearchJudged | None:
    """The last search as the rule of approval sees it; None of what is not said to be absent.

    One statement. `words` are those of `unanswered_words`, read before the claim was locked.
    """
    if version.value != "absent":
        return None
    state = next(iter(search_states([version.pk])), None)
    if state is None:
        return None
    is_current = state.outcome != AbsenceStatus.NOT_RUN and not state.is_outdated
    return SearchJudged(is_current, state.unanswered, words)


def unanswered_words(version: Version, reader: Reader) -> tuple[str, ...]:
    """The words that come close and wait for an answer, each once, the first texts' first.

    Only of texts that the reader may read. Texts are read for it, so call it without locks.
    """
    scope = AbsenceScope.objects.filter(version=version).first()
    last = None if scope is None else AbsenceRun.objects.latest_of(scope)
    if last is None:
        return ()
    rows = last.findings.filter(unanswered__gt=0).select_related("source").order_by("pk")
    findings = [one for one in rows if reader.knows(one.source)]
    found: dict[str, str] = {}
    for finding in _with_new_words(findings):
        layer = TextLayer.objects.only("text").get(pk=finding.layer_id)
        withheld = Grading.objects.withheld_places([layer.pk])[layer.pk]
        text = masked(layer.text, withheld)
        for stored in finding.near_misses:
            if waits_for_answer(stored):
                place = location_of(stored)
                found.setdefault(stored["word"], " ".join(text[place.start : place.end].split()))
    return tuple(found.values())


def _with_new_words(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The first findings that have words which none before them has."""
    known: set[str] = set()
    chosen = []
    for finding in findings:
        words = {one["word"] for one in finding.near_misses if waits_for_answer(one)}
        if words - known:
            chosen.append(finding)
            known |= words
    return chosen[:MAX_TEXTS_READ]
