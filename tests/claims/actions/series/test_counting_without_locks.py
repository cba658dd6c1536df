"""Counting holds no lock that others wait for, and what changes meanwhile is counted anew."""

import pytest

from claims.actions.series.counting import count_text
from claims.models import TextWords, TopicCount
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Source, TextLayer
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.counted import a_series, has_dictionary, has_text
from tests.factories import TODAY
from tests.held_open import everybody_else_goes_on, held_open
from tests.worker import work

pytestmark = pytest.mark.usefixtures("cloned_database")

COUNT = "claims.actions.series.counting:count_rows"
TEXT = "Trade is good. Zanzibar owes nine million."


def to_count() -> int:
    """A text whose words and topics are not counted."""
    series = a_series({"js-2022": TEXT})
    has_dictionary(series, trade=["trade"], owing=["Zanzibar"])
    TextWords.objects.all().delete()
    TopicCount.objects.all().delete()
    return TextLayer.objects.get().pk


def withhold_zanzibar() -> None:
    source = Source.objects.get(key="js-2022")
    quoted = make.excerpt("Zanzibar owes nine million.", of=source)
    (asked,) = ask_to_withhold(
        targets=[quoted], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=TODAY
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=TODAY)


def test_nobody_waits_for_a_count() -> None:
    layer = to_count()

    with held_open(lambda: count_text(layer=layer, now=lambda: TODAY), at=COUNT):
        everybody_else_goes_on(
            withhold_zanzibar,
            lambda: has_text(Source.objects.get(key="js-2022"), "Trade."),
        )


def test_words_that_are_withheld_during_a_count_are_not_in_it() -> None:
    layer = to_count()

    with held_open(lambda: count_text(layer=layer, now=lambda: TODAY), at=COUNT):
        withhold_zanzibar()

    assert TextWords.objects.get().total == 3
    assert [cell["count"] for cell in TopicCount.objects.get().cells] == [1, 0]
    work()
    assert TextWords.objects.get().total == 3


def test_a_text_that_is_withheld_during_a_count_is_not_counted() -> None:
    layer = to_count()
    (asked,) = ask_to_withhold(
        targets=[TextLayer.objects.get(pk=layer)],
        reason="A court.",
        by=make.somebody(Role.ADMINISTRATOR),
        at=TODAY,
    )

    with held_open(lambda: count_text(layer=layer, now=lambda: TODAY), at=COUNT):
        carry_out(request=asked, by=make.somebody(Role.EDITOR), at=TODAY)

    assert not TextWords.objects.exists()
    assert not TopicCount.objects.exists()
