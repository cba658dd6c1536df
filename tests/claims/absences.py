"""A small series of documents, and claims that something is in none of them."""

from typing import Any

from claims.actions.absence.dismissals import answer_near_miss, dismiss_hit
from claims.domain.absence.absence_search import TermLocation
from claims.domain.absence.word_keys import word_key
from claims.domain.content import Absence, Content, Term
from claims.models import AbsenceRun, AbsenceScope, Dismissal, Version
from factbase.models import User
from sources.actions.captures.texts import record_text
from sources.actions.sources import add_series
from sources.domain.text.completeness import Completeness
from sources.extraction.extracted import ExtractedText
from sources.models import Series, Source
from sources.vocabulary import Role
from tests import factories as make
from tests.factories import TODAY
from tests.worker import work

PAPERS = {
    "js-2022": "The two sides will build roads. They speak of the Arctic and of trade.",
    "js-2023": "They speak of pipelines, and of the Power of Siberia - 2 project.",
    "js-2024": "They speak of nothing but energy.",
}


def papers() -> Series:
    """Three papers in a series, and the property that they mention something."""
    by = make.somebody(Role.CONTRIBUTOR)
    sources = [make.source(text, key=key) for key, text in PAPERS.items()]
    series = add_series(key="papers", title="Papers", sources=sources, by=by, at=TODAY)
    make.entity("papers", kind="series", series=series)
    make.value_property("presence", "mentions")
    return series


def fragment(key: str, text: str = "They speak of rivers.") -> Source:
    """A document whose text has half of the words of its file."""
    source = make.source(text, key=key)
    extracted = ExtractedText(
        *("plain-text", "99.0", text, (), (), {}),
        completeness=Completeness(8, 4, 0, ("They speak of lakes.",)),
    )
    record_text(capture=source.captures.get(), extracted=extracted, at=TODAY)
    return source


def now_has(series: Series, sources: list[Source]) -> None:
    """The series has these documents and no others."""
    by = make.somebody(Role.CONTRIBUTOR)
    add_series(key=series.key, title=series.title, sources=sources, by=by, at=TODAY)


def content(*terms: str, matching: str = "words", sources: tuple[str, ...] = ()) -> Content:
    """That the terms are in none of the papers, or in none of these sources."""
    return Content(
        statement="It is in none of the papers.",
        subject="papers",
        property="mentions",
        value="absent",
        absence=Absence(
            terms=tuple(Term(term) for term in terms),
            matching=matching,
            series=None if sources else "papers",
            sources=sources,
        ),
    )


def absent(*terms: str, submit_it: bool = True, **how: Any) -> Version:
    """A claim with this content, and its search made."""
    version = make.submitted(content(*terms, **how), evidence=[], submit_it=submit_it)
    work()
    return version


def scope_of(version: Version) -> AbsenceScope:
    return AbsenceScope.objects.select_related("version").get(version=version)


def last(version: Version) -> AbsenceRun:
    """The last run of a version."""
    return AbsenceRun.objects.filter(scope=scope_of(version)).latest("pk")


def dismissed(version: Version, *, by: User | None = None) -> Dismissal:
    """Somebody judges the first hit to be something else."""
    finding = last(version).findings.filter(outcome="present").order_by("pk")[0]
    return dismiss_hit(
        scope=scope_of(version),
        layer=finding.layer_id or 0,
        place=TermLocation(**finding.places[0]),
        reason="A name of something else.",
        by=by or make.somebody(Role.REVIEWER),
        at=TODAY,
    )


def key_of(version: Version, words: str) -> str:
    """The key of words that come close in the last run; it has them."""
    key = word_key(words)
    assert key in {
        stored["word"] for found in last(version).findings.all() for stored in found.near_misses
    }
    return key


def answered(version: Version, words: str, *, by: User | None = None) -> list[Dismissal]:
    """Somebody judges words that come close to be something else."""
    return answer_near_miss(
        scope=scope_of(version),
        word=key_of(version, words),
        reason="Another word.",
        by=by or make.somebody(Role.REVIEWER),
        at=TODAY,
    )
