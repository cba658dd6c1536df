"""The places of a cell: who reads them, and what stands around them."""

import pytest

from claims.models import DictionaryVersion
from claims.readings.series_places import CellReading, read_cell
from sources.actions.captures.texts import record_text
from sources.actions.sources import add_series
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.domain.text.pages import Page
from sources.domain.text.spans import DoubtfulSpan, Span
from sources.extraction.extracted import ExtractedText
from sources.models import Series, Source
from sources.readings.reader import Reader
from sources.vocabulary import Access, DoubtKind, Rights, Role
from tests import factories as make
from tests.claims.counted import a_series, has_dictionary
from tests.factories import TODAY
from tests.worker import work

pytestmark = pytest.mark.django_db

PUBLIC = Reader(None, TODAY)
TEXT = "The sea is cold.\fTrade is good. Zanzibar fell. Trade grew."


def desk() -> Reader:
    return Reader(make.person(), TODAY)


def one_document(rights: Rights = Rights.WHOLE, text: str = TEXT) -> Series:
    series = a_series({"js-2022": text}, rights=rights, is_opened=True)
    has_dictionary(series, trade=["trade"], whale=["whale"])
    return series


def cell(series: Series, topic: str = "trade", reader: Reader = PUBLIC) -> CellReading:
    found = read_cell(series, topic, "js-2022", reader=reader)
    assert found is not None
    return found


def test_each_place_stands_in_its_context() -> None:
    series = one_document()

    found = cell(series)

    assert (found.dictionary, found.name, found.terms) == ("papers/1", "Trade", ["trade"])
    assert found.cell.count == 2
    first, second = found.places
    assert (first.before, first.words, first.after) == (
        *("The sea is cold. ", "Trade"),
        " is good. Zanzibar fell. Trade grew.",
    )
    assert first.url == f"/sources/js-2022/?text={found.column.layer}&place=17-22#x0"
    assert (second.start, second.end) == (47, 52)
    assert not found.has_more


def test_the_words_are_for_those_who_may_read_the_whole_text() -> None:
    series = one_document(Rights.EXCERPTS)

    public, staff = cell(series), cell(series, reader=desk())

    assert (public.cell.count, public.places, public.may_read) == (2, [], False)
    assert "Zanzibar" not in repr(public)
    assert len(staff.places) == 2


def test_withheld_words_are_blocks_around_a_place() -> None:
    series = one_document()
    quoted = make.excerpt("Zanzibar fell.", of=Source.objects.get())
    (asked,) = ask_to_withhold(
        targets=[quoted], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=TODAY
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=TODAY)
    work()

    for reader in (PUBLIC, desk()):
        found = cell(series, reader=reader)
        assert len(found.places) == 2
        assert "Zanzibar" not in repr(found)
        assert "████████ █████" in found.places[0].after


def test_hidden_words_are_read_by_staff_alone() -> None:
    series = one_document()
    text = "Trade is good. A whale. Trade grew."
    extracted = ExtractedText(
        *("plain-text", "99.0", text, (Page(0, "", 0, len(text)),)),
        apparatus=(Span(15, 23, "hidden"),),
        metadata={},
        doubts=(DoubtfulSpan(15, 23, DoubtKind.HIDDEN),),
    )
    record_text(capture=Source.objects.get().captures.get(), extracted=extracted, at=TODAY)
    work()

    public, staff = cell(series, "whale"), cell(series, "whale", desk())

    assert (public.cell.count, public.cell.hidden, public.places) == (0, 0, [])
    assert "whale." not in repr(cell(series).places)
    assert [(one.words, one.is_hidden) for one in staff.places] == [("whale", True)]


def test_there_is_no_cell_of_what_nobody_may_know_or_names() -> None:
    series = one_document()
    kept = make.source(
        "Trade.",
        key="stafflock",
        access=Access.STAFF,
        public_descriptor="A paper seen by the desk",
    )
    papers = [Source.objects.get(key="js-2022"), kept]
    by = make.somebody(Role.CONTRIBUTOR)
    add_series(key="papers", title="Papers", sources=papers, by=by, at=TODAY)
    work()

    assert read_cell(series, "trade", "stafflock", reader=PUBLIC) is None
    assert read_cell(series, "trade", ".2", reader=PUBLIC) is None
    assert read_cell(series, "trade", "", reader=PUBLIC) is None
    assert read_cell(series, "arctic", "js-2022", reader=PUBLIC) is None
    assert read_cell(series, "trade", "stafflock", reader=desk()) is not None
    with pytest.raises(DictionaryVersion.DoesNotExist):
        read_cell(series, "trade", "js-2022", reader=PUBLIC, number=9)
