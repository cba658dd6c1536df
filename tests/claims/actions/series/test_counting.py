"""Counting the texts of series in the background: when it is done, and what of it is forgotten."""

import json
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.actions.series.counting import (
    COUNTED_VERSIONS,
    count_text,
    queue_all_counts,
    queue_texts,
)
from claims.models import TextWords, TopicCount
from claims.querysets.text_counts import TEXT_JOB
from sources.actions import announce
from sources.actions.sources import add_series, revise_source
from sources.actions.withholding.find_copies import find_copies
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Source, TextLayer
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.counted import a_series, counts_of, has_dictionary, has_text, totals
from tests.factories import TODAY
from tests.worker import work

pytestmark = pytest.mark.django_db


def withhold(*rows: Any) -> None:
    for row in rows:
        (asked,) = ask_to_withhold(
            targets=[row], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=TODAY
        )
        carry_out(request=asked, by=make.somebody(Role.EDITOR), at=TODAY)


def the(key: str) -> Source:
    return Source.objects.get(key=key)


def layer_of(key: str) -> TextLayer:
    return TextLayer.objects.current_of(the(key)).get()


def now_has(series: Any, *keys: str) -> None:
    by = make.somebody(Role.CONTRIBUTOR)
    sources = [the(key) for key in keys]
    add_series(key=series.key, title=series.title, sources=sources, by=by, at=TODAY)


def test_a_new_dictionary_is_counted_in_every_text_of_the_series() -> None:
    series = a_series()

    version = has_dictionary(series, trade=["trade"], arctic=["Arctic", "Arctic Council"])

    assert counts_of(version) == {"js-2022": [2, 0], "js-2023": [1, 2], "js-2024": [0, 0]}
    assert totals() == {"js-2022": 9, "js-2023": 12, "js-2024": 6}


def test_places_are_kept_and_those_in_hidden_words_apart() -> None:
    series = a_series({"js-2022": "Trade is good. Trade."})

    has_dictionary(series, trade=["trade"])

    row = TopicCount.objects.get()
    assert row.places == [[[0, 5], [15, 20]]]
    assert row.hidden_places == [[]]
    assert row.cells == [{"count": 2, "hidden": 0, "bins": [0, 45]}]


def test_a_later_version_is_counted_beside_the_one_before() -> None:
    series = a_series()

    first = has_dictionary(series, trade=["trade"])
    second = has_dictionary(series, trade=["trade", "energy"])

    assert counts_of(first)["js-2024"] == [0]
    assert counts_of(second)["js-2024"] == [1]


def test_words_are_counted_where_there_is_no_dictionary() -> None:
    a_series()

    work()

    assert totals() == {"js-2022": 9, "js-2023": 12, "js-2024": 6}
    assert not TopicCount.objects.exists()


def test_a_document_that_joins_is_counted_by_every_version() -> None:
    series = a_series()
    first = has_dictionary(series, trade=["trade"])
    second = has_dictionary(series, trade=["trade", "energy"])
    make.source("Trade and energy.", key="js-2025")

    now_has(series, "js-2022", "js-2023", "js-2024", "js-2025")
    work()

    assert counts_of(first)["js-2025"] == [1]
    assert counts_of(second)["js-2025"] == [2]


def test_of_very_many_versions_the_latest_are_counted() -> None:
    series = a_series({"js-2022": "Trade."})
    first = has_dictionary(series, trade=["trade"])
    for number in range(COUNTED_VERSIONS):
        has_dictionary(series, trade=["trade", f"word{number}"])
    TopicCount.objects.all().delete()

    queue_all_counts()
    work()

    assert TopicCount.objects.count() == COUNTED_VERSIONS
    assert not TopicCount.objects.filter(dictionary=first).exists()


def test_a_new_text_of_a_document_is_counted_and_those_before_it_are_forgotten() -> None:
    series = a_series({"js-2022": "Trade."})
    version = has_dictionary(series, trade=["trade"])
    before = layer_of("js-2022")
    TextLayer.objects.filter(pk=before.pk).update(is_current=False)
    now = TextLayer.objects.create(
        blob=before.blob,
        extractor="plain-text",
        version="99",
        text="Trade, trade.",
        is_current=True,
    )

    announce.notify(announce.layer_made_current, layer=now, at=TODAY)
    work()

    assert list(TopicCount.objects.values_list("layer", flat=True)) == [now.pk]
    assert list(TextWords.objects.values_list("layer", "total")) == [(now.pk, 2)]
    assert counts_of(version) == {"js-2022": [2]}


def test_every_current_text_of_a_document_is_counted() -> None:
    series = a_series({"js-2022": "Trade."})
    has_dictionary(series, trade=["trade"])

    has_text(the("js-2022"), "Trade, trade and trade.")
    work()

    assert sorted(
        cells[0]["count"] for cells in TopicCount.objects.values_list("cells", flat=True)
    ) == [1, 3]


def test_texts_that_are_in_no_series_are_not_counted() -> None:
    source = make.source("Trade.")

    count_text(layer=TextLayer.objects.current_of(source).get().pk, now=lambda: TODAY)

    assert not TextWords.objects.exists()


def test_counting_again_counts_nothing_twice() -> None:
    series = a_series()
    has_dictionary(series, trade=["trade"])
    rows = list(TopicCount.objects.values_list("pk", "counted_at"))

    queue_all_counts()
    work()
    for layer in TextWords.objects.values_list("layer", flat=True):
        count_text(layer=layer, now=lambda: TODAY)

    assert list(TopicCount.objects.values_list("pk", "counted_at")) == rows


def test_a_document_whose_language_is_set_right_is_counted_by_other_terms() -> None:
    series = a_series({"js-2022": "Arktis 2022"}, language="en")
    has_dictionary(series, arctic=["de:Arktis"])
    assert TopicCount.objects.get().cells == [
        {"count": 0, "hidden": 0, "bins": [], "is_searched": False}
    ]

    revise_source(
        source=the("js-2022"),
        record={**the("js-2022").csl, "language": "de"},
        by=make.somebody(Role.CONTRIBUTOR),
        at=TODAY,
    )
    assert not TopicCount.objects.exists()
    work()

    assert TopicCount.objects.get().cells == [{"count": 1, "hidden": 0, "bins": [0]}]


def test_withheld_words_are_in_no_count() -> None:
    series = a_series({"js-2022": "Trade is good. Zanzibar owes nine million. Trade fell."})
    version = has_dictionary(series, trade=["trade"], owing=["owes", "Zanzibar"])
    quoted = make.excerpt("Zanzibar owes nine million.", of=the("js-2022"))
    assert counts_of(version) == {"js-2022": [2, 2]}

    withhold(quoted)
    work()

    assert counts_of(version) == {"js-2022": [2, 0]}
    assert totals() == {"js-2022": 5}
    row = TopicCount.objects.get()
    assert row.withheld == [[15, 42]]


def test_no_count_of_a_withheld_quote_stays_until_the_text_is_counted_again() -> None:
    series = a_series({"js-2022": "Trade is good. Zanzibar fell."})
    has_dictionary(series, trade=["trade"])
    assert "zanzibar" in json.dumps(TextWords.objects.get().words)
    quoted = make.excerpt("Zanzibar", of=the("js-2022"))

    withhold(quoted)

    assert not TextWords.objects.exists()
    assert not TopicCount.objects.exists()
    assert {one.table for one in find_copies("Zanzibar")} == {"sources_textlayer"}
    work()
    assert "zanzibar" not in json.dumps(TextWords.objects.get().words)
    assert {one.table for one in find_copies("zanzibar")} <= {"sources_textlayer"}


def test_nothing_is_counted_of_a_text_that_was_withheld() -> None:
    series = a_series({"js-2022": "Trade.", "js-2023": "Trade, trade."})
    version = has_dictionary(series, trade=["trade"])
    layer = layer_of("js-2022")

    withhold(layer)
    assert counts_of(version) == {"js-2023": [2]}
    work()
    count_text(layer=layer.pk, now=lambda: TODAY)

    assert counts_of(version) == {"js-2023": [2]}
    assert totals() == {"js-2023": 2}


def test_a_text_is_counted_by_one_job_at_a_time() -> None:
    series = a_series({"js-2022": "Trade."})

    queue_texts(series=series.pk)
    queue_texts(series=series.pk)

    jobs = ProcrastinateJob.objects.filter(task_name=TEXT_JOB)
    assert {job.lock for job in jobs} == {f"count-{layer_of('js-2022').pk}"}
