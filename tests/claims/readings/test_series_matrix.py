"""The matrix of a series: what its cells say to whom."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.catalogue import revise_entity
from claims.actions.claims.publication import retract
from claims.domain.content import Absence, Content, Term
from claims.models import DictionaryVersion, Entity, TextWords, TopicCount, Version
from claims.readings.series_matrix import CellState, Claimed, MatrixCell, MatrixReading, read_matrix
from sources.actions.captures.texts import record_text
from sources.actions.sources import add_series, open_source
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.domain.text.spans import Span
from sources.extraction.extracted import ExtractedText
from sources.models import Series, Source, TextLayer
from sources.readings.reader import Reader
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import statements
from tests.claims.absences import fragment
from tests.claims.counted import a_series, has_dictionary, has_text
from tests.factories import TODAY
from tests.worker import work

pytestmark = pytest.mark.django_db

PUBLIC = Reader(None, TODAY)
ALL_PUBLIC: dict[str, Any] = {"is_opened": True}


def desk(role: Role = Role.CONTRIBUTOR) -> Reader:
    return Reader(make.person(role), TODAY)


def the(key: str) -> Source:
    return Source.objects.get(key=key)


def cells(matrix: MatrixReading, topic: str) -> Sequence[MatrixCell]:
    return next(row.cells for row in matrix.rows if row.topic == topic)


def states(matrix: MatrixReading, topic: str) -> list[str]:
    return [str(cell.state) for cell in cells(matrix, topic)]


def claims(value: str, *, topic: str = "trade", subject: str = "", **more: Any) -> Version:
    """A published claim that a document of the papers mentions a topic, or does not."""
    content = presence(value, topic=topic, subject=subject, **more)
    return make.approved(make.submitted(content, evidence=evidence_of(value)), note="Read.")


def presence(value: str, *, topic: str = "trade", subject: str = "", **more: Any) -> Content:
    subject = subject or "js-2022-document"
    absence = None
    if value == "absent":
        absence = Absence(terms=(Term("zzz"),), matching="words", series="papers", sources=())
    return Content(
        **{
            "statement": f"It is {value} there.",
            "subject": subject,
            "property": "papers-mentions",
            "aspect": topic,
            "value": value,
            "absence": absence,
            **more,
        }
    )


def evidence_of(value: str) -> list[Any] | None:
    return [] if value == "absent" else None


def test_a_cell_has_the_count_the_bars_and_the_share_of_the_words() -> None:
    series = a_series(**ALL_PUBLIC)
    version = has_dictionary(series, trade=["trade"], arctic=["Arctic", "Arctic Council"])

    matrix = read_matrix(series, reader=PUBLIC)

    assert [(one.id, one.label, one.words) for one in matrix.columns] == [
        ("js-2022", "2022", 9),
        ("js-2023", "2023", 12),
        ("js-2024", "2024", 6),
    ]
    assert (matrix.dictionary, matrix.dictionary_number) == ("papers/1", 1)
    assert matrix.dictionary_sha256 == version.sha256
    assert (matrix.counted, matrix.to_count) == (3, 3)
    assert [(row.topic, row.name, row.terms) for row in matrix.rows] == [
        ("trade", "Trade", ["trade"]),
        ("arctic", "Arctic", ["Arctic", "Arctic Council"]),
    ]
    first, second, third = cells(matrix, "arctic")
    assert (first.state, first.count, str(first.per_thousand)) == (CellState.ABSENT, 0, "0.00")
    assert (second.state, second.count, str(second.per_thousand)) == (
        *(CellState.PRESENT, 2),
        "166.67",
    )
    assert list(second.bins) == [20, 50]
    assert third.state == CellState.ABSENT
    assert (second.is_first, second.is_last) == (True, True)


def test_without_a_dictionary_there_are_documents_and_no_topics() -> None:
    series = a_series(**ALL_PUBLIC)
    work()

    matrix = read_matrix(series, reader=PUBLIC)

    assert [one.words for one in matrix.columns] == [9, 12, 6]
    assert (matrix.rows, matrix.dictionary, matrix.to_count) == ([], "", 0)


def test_each_version_of_the_dictionary_has_its_own_counts() -> None:
    series = a_series(**ALL_PUBLIC)
    has_dictionary(series, trade=["trade"])
    has_dictionary(series, trade=["trade", "energy"])

    first = read_matrix(series, reader=PUBLIC, number=1)

    assert states(first, "trade") == ["present", "present", "absent"]
    assert states(read_matrix(series, reader=PUBLIC), "trade") == ["present"] * 3
    with pytest.raises(DictionaryVersion.DoesNotExist):
        read_matrix(series, reader=PUBLIC, number=3)


def test_what_is_not_counted_yet_is_not_called_absent() -> None:
    series = a_series(**ALL_PUBLIC)
    has_dictionary(series, trade=["trade"])
    TopicCount.objects.filter(layer__text__contains="Arctic").delete()

    matrix = read_matrix(series, reader=PUBLIC)

    assert states(matrix, "trade") == ["present", "not-counted", "absent"]
    assert (matrix.counted, matrix.to_count) == (2, 3)
    assert cells(matrix, "trade")[1].per_thousand is None
    assert not cells(matrix, "trade")[0].is_last


def test_a_document_without_a_text_is_not_searched() -> None:
    series = a_series({"js-2022": "Trade.", "js-2023": ""}, **ALL_PUBLIC)
    has_dictionary(series, trade=["trade"])

    matrix = read_matrix(series, reader=PUBLIC)

    assert states(matrix, "trade") == ["present", "not-searched"]
    assert (matrix.columns[1].layer, matrix.columns[1].words) == (None, None)


def test_a_topic_is_absent_from_a_fragment_in_part_only() -> None:
    series = a_series({"js-2022": "Trade."})
    papers = [the("js-2022"), fragment("js-2023")]
    by = make.somebody(Role.CONTRIBUTOR)
    add_series(key="papers", title="Papers", sources=papers, by=by, at=TODAY)
    has_dictionary(series, trade=["trade"], rivers=["rivers"])

    matrix = read_matrix(series, reader=desk())

    assert states(matrix, "trade") == ["present", "in-part"]
    assert states(matrix, "rivers") == ["absent", "present"]
    assert not cells(matrix, "trade")[0].is_last


def test_a_topic_is_absent_from_a_text_with_withheld_words_in_part_only() -> None:
    series = a_series({"js-2022": "Trade is good. Zanzibar owes nine million."}, **ALL_PUBLIC)
    has_dictionary(series, owing=["Zanzibar"], trade=["trade"])
    quoted = make.excerpt("Zanzibar owes nine million.", of=the("js-2022"))
    assert states(read_matrix(series, reader=PUBLIC), "owing") == ["present"]

    (asked,) = ask_to_withhold(
        targets=[quoted], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=TODAY
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=TODAY)

    at_once = read_matrix(series, reader=PUBLIC)
    assert states(at_once, "owing") == ["not-counted"]
    assert at_once.columns[0].words is None
    work()
    matrix = read_matrix(series, reader=PUBLIC)
    assert states(matrix, "owing") == ["in-part"]
    assert states(matrix, "trade") == ["present"]
    assert matrix.columns[0].words == 3


def test_counts_from_before_a_withholding_are_never_shown() -> None:
    series = a_series({"js-2022": "Trade is good."}, **ALL_PUBLIC)
    has_dictionary(series, trade=["trade"])
    TopicCount.objects.update(withheld=[[0, 5]])
    TextWords.objects.update(withheld=[[0, 5]])

    matrix = read_matrix(series, reader=PUBLIC)

    assert states(matrix, "trade") == ["not-counted"]
    assert matrix.columns[0].words is None


def test_a_topic_without_a_term_for_the_language_of_a_text_is_not_called_absent() -> None:
    series = a_series({"js-2022": "Bad Arktis 1"}, language="de", **ALL_PUBLIC)
    has_dictionary(series, arctic=["en:Arktis"], bath=["de:Bad"])

    matrix = read_matrix(series, reader=PUBLIC)

    assert states(matrix, "arctic") == ["no-term"]
    assert cells(matrix, "arctic")[0].per_thousand is None
    assert states(matrix, "bath") == ["present"]


def hides(series: Series, text: str, hidden: str) -> None:
    """The first document has a text some words of which no page shows."""
    source = series.sources.get()
    start = text.index(hidden)
    extracted = ExtractedText(
        *("plain-text", "99.0", text, (), (Span(start, start + len(hidden), "hidden"),), {})
    )
    record_text(capture=source.captures.get(), extracted=extracted, at=TODAY)
    work()


def test_hidden_words_are_counted_apart_and_for_staff_alone() -> None:
    series = a_series({"js-2022": "Trade."}, **ALL_PUBLIC)
    has_dictionary(series, whale=["whale"])
    hides(series, "Trade. A whale.", "A whale.")

    (for_all,) = cells(read_matrix(series, reader=PUBLIC), "whale")
    (for_staff,) = cells(read_matrix(series, reader=desk()), "whale")

    assert (for_all.state, for_all.count, for_all.hidden) == (CellState.ABSENT, 0, 0)
    assert (for_staff.state, for_staff.count, for_staff.hidden) == (CellState.ABSENT, 0, 1)


def test_a_document_with_several_texts_has_a_column_for_each() -> None:
    series = a_series({"js-2022": "Trade.", "js-2023": "Energy."}, **ALL_PUBLIC)
    more = has_text(the("js-2022"), "Trade, trade.")
    first = TextLayer.objects.current_of(the("js-2022")).exclude(pk=more.pk).get()
    has_dictionary(series, trade=["trade"])

    matrix = read_matrix(series, reader=PUBLIC)

    assert [one.id for one in matrix.columns] == [
        f"js-2022.{more.pk}",
        f"js-2022.{first.pk}",
        "js-2023",
    ]
    assert [one.label for one in matrix.columns] == ["2022 (1)", "2022 (2)", "2023"]
    assert [one.count for one in cells(matrix, "trade")] == [2, 1, 0]
    assert [one.is_last for one in cells(matrix, "trade")] == [True, True, False]


ENGLISH = "The trade of the world is good and it was for the people that are in the Arctic."
GERMAN = "Der Handel der Welt ist gut und das war für die Menschen, die nicht in der Arktis sind."


def test_language_versions_of_documents_are_never_mixed() -> None:
    #            2022         2023         2024
    # English    arctic       -            -
    # German     (no text)    arctic       -
    without = ENGLISH.replace("Arctic", "sea")
    series = a_series({"js-2022": ENGLISH, "js-2023": without, "js-2024": without}, **ALL_PUBLIC)
    has_text(the("js-2023"), GERMAN)
    has_text(the("js-2024"), GERMAN.replace("Arktis", "See"))
    has_dictionary(series, arctic=["en:Arctic", "de:Arktis"])

    matrix = read_matrix(series, reader=PUBLIC)

    found = zip(matrix.columns, cells(matrix, "arctic"), strict=True)
    assert {column.label: (cell.count, cell.is_last) for column, cell in found} == {
        "2022": (1, True),
        "2023, de": (1, True),
        "2023, en": (0, False),
        "2024, de": (0, False),
        "2024, en": (0, False),
    }


def test_claims_stand_beside_the_counts() -> None:
    series = a_series(**ALL_PUBLIC)
    has_dictionary(series, trade=["trade"], energy=["energy"])
    said = claims("present")

    matrix = read_matrix(series, reader=PUBLIC)

    first, second, _third = cells(matrix, "trade")
    assert first.claimed == Claimed.PRESENT
    (claim,) = first.claims
    assert (claim.ref, claim.claimed, claim.statement, claim.is_of_series) == (
        *(said.claim.ref, Claimed.PRESENT),
        *("It is present there.", False),
    )
    assert claim.attribution.startswith("The desk states")
    assert first.disagreement == ""
    assert (second.claimed, second.claims) == (Claimed.NOT_CLAIMED, ())
    assert cells(matrix, "energy")[0].claimed == Claimed.NOT_CLAIMED


def test_text_and_claim_that_differ_are_told_in_a_sentence() -> None:
    series = a_series(**ALL_PUBLIC)
    has_dictionary(series, trade=["trade"], energy=["energy"])
    absent = claims("absent")
    present = claims("present", topic="energy")

    matrix = read_matrix(series, reader=PUBLIC)

    assert cells(matrix, "trade")[0].disagreement == (
        f"The text has it 2 times; {absent.claim.ref} says that it is absent."
    )
    assert cells(matrix, "energy")[0].disagreement == (
        f"No term of the dictionary is in the text; {present.claim.ref} says that it is present."
    )


def test_what_was_not_searched_disagrees_with_nobody() -> None:
    series = a_series({"js-2022": "", "js-2023": "Trade."}, **ALL_PUBLIC)
    has_dictionary(series, trade=["trade"], energy=["energy"])
    claims("present", topic="energy")
    claims("absent")

    matrix = read_matrix(series, reader=PUBLIC)

    assert [one.disagreement for row in matrix.rows for one in row.cells] == [""] * 4


def test_a_claim_may_rest_on_another_text_of_the_document() -> None:
    series = a_series({"js-2022": "Energy."}, **ALL_PUBLIC)
    has_text(the("js-2022"), "Trade.")
    has_dictionary(series, trade=["trade"])
    claims("present")

    matrix = read_matrix(series, reader=PUBLIC)

    assert states(matrix, "trade") == ["present", "absent"]
    assert [one.disagreement for one in cells(matrix, "trade")] == ["", ""]


def test_a_claim_on_the_series_is_of_every_document() -> None:
    series = a_series(**ALL_PUBLIC)
    has_dictionary(series, trade=["trade"])
    said = claims("absent", subject="papers")

    found = cells(read_matrix(series, reader=PUBLIC), "trade")

    assert [one.claimed for one in found] == [Claimed.ABSENT] * 3
    assert all(one.claims[0].is_of_series for one in found)
    assert [bool(one.disagreement) for one in found] == [True, True, False]
    assert said.claim.ref in found[1].disagreement
    assert found[1].disagreement.startswith("The text has it once; ")


def test_claims_that_say_both_are_disputed() -> None:
    series = a_series(**ALL_PUBLIC)
    has_dictionary(series, trade=["trade"])
    claims("present")
    claims("absent", subject="papers")

    found = cells(read_matrix(series, reader=PUBLIC), "trade")

    # The claim on the series is party to the open conflict, in each of its cells.
    assert [len(one.claims) for one in found] == [2, 1, 1]
    assert [one.claimed for one in found] == [Claimed.DISPUTED] * 3


def test_a_retracted_claim_says_nothing_any_more() -> None:
    series = a_series(**ALL_PUBLIC)
    has_dictionary(series, trade=["trade"])
    retract(
        claim=claims("present").claim, reason="A slip.", by=make.somebody(Role.EDITOR), at=TODAY
    )

    for reader in (PUBLIC, desk()):
        assert cells(read_matrix(series, reader=reader), "trade")[0].claims == ()


def test_a_claim_about_an_entity_that_was_merged_into_the_document_is_of_it() -> None:
    series = a_series(**ALL_PUBLIC)
    has_dictionary(series, trade=["trade"])
    make.entity("the-statement", kind="document")
    claims("present", subject="the-statement")
    revise_entity(
        entity=Entity.objects.get(key="the-statement"),
        merged_into=Entity.objects.get(key="js-2022-document"),
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )

    assert cells(read_matrix(series, reader=PUBLIC), "trade")[0].claimed == Claimed.PRESENT


def test_drafts_are_told_to_staff_alone_and_count_for_nothing() -> None:
    series = a_series(**ALL_PUBLIC)
    has_dictionary(series, trade=["trade"])
    make.draft(content=presence("absent", statement="Draft-of-99.25"), evidence=[])

    public, staff = read_matrix(series, reader=PUBLIC), read_matrix(series, reader=desk())

    assert "99.25" not in repr(public)
    (told,) = cells(staff, "trade")[0].claims
    assert (told.is_published, told.statement) == (False, "Draft-of-99.25")
    for matrix in (public, staff):
        assert cells(matrix, "trade")[0].claimed == Claimed.NOT_CLAIMED
        assert cells(matrix, "trade")[0].disagreement == ""


def test_a_confidential_document_is_told_by_its_descriptor_alone() -> None:
    series = a_series({"js-2022": "Trade.", "js-2023": "Energy."}, **ALL_PUBLIC)
    kept = make.source(
        "Trade and Stafflock.",
        key="stafflock",
        title="Stafflock paper",
        issued="1999-09-09",
        access=Access.STAFF,
        public_descriptor="A paper seen by the desk",
    )
    make.entity("stafflock-document", kind="document", source=kept)
    by = make.somebody(Role.CONTRIBUTOR)
    papers = [the("js-2022"), kept, the("js-2023")]
    add_series(key="papers", title="Papers", sources=papers, by=by, at=TODAY)
    has_dictionary(series, trade=["trade"])
    claims("present", subject="stafflock-document", statement="Told-of-99.25")

    public, staff = read_matrix(series, reader=PUBLIC), read_matrix(series, reader=desk())

    column = public.columns[1]
    assert (column.id, column.label, column.source.title) == (
        *(".2", "A paper seen by the desk", "A paper seen by the desk"),
    )
    cell = cells(public, "trade")[1]
    assert (cell.state, cell.count, cell.claims) == (CellState.NOT_SHOWN, 0, ())
    assert "tafflock" not in repr(public)
    assert "99.25" not in repr(public)
    assert "1999" not in repr(public)
    assert (public.counted, public.to_count) == (2, 2)
    assert cells(staff, "trade")[1].count == 1
    assert cells(staff, "trade")[1].claimed == Claimed.PRESENT
    # The document between them makes nothing new or gone for those who may not know it.
    assert [one.is_last for one in cells(public, "trade")] == [True, False, False]
    assert [one.is_last for one in cells(staff, "trade")] == [False, True, False]


def test_a_document_for_named_persons_is_told_to_nobody_else() -> None:
    series = a_series({"js-2022": "Trade."}, **ALL_PUBLIC)
    kept = make.source(
        "Trade and Namedlock.",
        key="namedlock",
        title="Namedlock paper",
        access=Access.NAMED,
        public_descriptor="A paper seen by the desk",
    )
    by = make.somebody(Role.CONTRIBUTOR)
    add_series(key="papers", title="Papers", sources=[the("js-2022"), kept], by=by, at=TODAY)
    has_dictionary(series, trade=["trade"])

    staff = read_matrix(series, reader=desk(Role.EDITOR))
    named = read_matrix(series, reader=Reader(make.reader_of([kept]), TODAY))

    assert "amedlock" not in repr(staff)
    assert states(staff, "trade") == ["present", "not-shown"]
    assert states(named, "trade") == ["present", "present"]


def test_a_document_on_which_nothing_public_rests_is_left_out_for_the_public() -> None:
    series = a_series({"js-2022": "Trade.", "js-2023": "Trade-of-99.25."})
    has_dictionary(series, trade=["trade"])
    open_source(source=the("js-2022"), by=make.somebody(Role.EDITOR), at=TODAY)

    public = read_matrix(series, reader=PUBLIC)

    assert [one.id for one in public.columns] == ["js-2022"]
    assert (public.counted, public.to_count) == (1, 1)
    assert len(read_matrix(series, reader=desk()).columns) == 2


def test_the_hash_of_a_text_is_told_to_who_may_read_it() -> None:
    series = a_series({"js-2022": "Trade."}, **ALL_PUBLIC)
    work()

    assert read_matrix(series, reader=PUBLIC).columns[0].text_sha256 == ""
    assert read_matrix(series, reader=desk()).columns[0].text_sha256 == layer_sha256()


def layer_sha256() -> str:
    return TextLayer.objects.get(is_current=True).text_sha256


def queries_of(series: Series, reader: Reader) -> int:
    """How many statements a matrix takes; none of them reads a text or its places."""
    with CaptureQueriesContext(connection) as captured:
        read_matrix(series, reader=reader)
    for query in captured.captured_queries:
        columns = query["sql"].partition(" FROM ")[0]
        # The size of a text is known without reading it.
        columns = columns.replace('octet_length("sources_textlayer"."text")', "")
        assert '"sources_textlayer"."text"' not in columns
        assert "places" not in columns or "sources_grading" in columns
    return len(captured)


def test_it_costs_the_same_for_few_and_for_many_and_loads_no_text() -> None:
    small = a_series({"js-2022": "Trade."}, **ALL_PUBLIC)
    has_dictionary(small, trade=["trade"])
    claims("present")
    large = a_series(
        {f"l-{year}": "Trade." for year in range(2000, 2012)}, key="large", **ALL_PUBLIC
    )
    has_dictionary(large, **{f"topic{n}": [f"word{n}", "trade"] for n in range(8)})
    for year in (2000, 2001, 2002):
        claims("present", topic="topic1", subject=f"l-{year}-document", property="large-mentions")
        claims("present", topic="topic2", subject="large", property="large-mentions")
    reader = desk()

    for reads in (PUBLIC, reader):
        read_matrix(small, reader=reads)
        assert queries_of(small, reads) == queries_of(large, reads) <= 24


@statements.needs_statements
def test_five_statements_have_the_counts_that_are_expected() -> None:
    expected = statements.expected()
    series = a_series(
        {document: statements.text_of(document) for document in expected["documents"]},
        language="en",
        **ALL_PUBLIC,
    )
    terms = {
        entry.topic: [term.text for term in entry.terms]
        for entry in statements.dictionary().entries
    }
    has_dictionary(series, **terms)

    matrix = read_matrix(series, reader=PUBLIC)

    for name, topic in expected["topics"].items():
        found = cells(matrix, statements.key_of(name))
        assert [one.count for one in found] == topic["counts"], name
        assert [one.state for one in found] == [
            CellState.PRESENT if count else CellState.ABSENT for count in topic["counts"]
        ]
    firsts = {row.topic: [one.column for one in row.cells if one.is_first] for row in matrix.rows}
    assert firsts["ukraine"] == ["quad-2022-05"]
    assert firsts["artificial-intelligence"] == ["quad-2024-09"]
    assert firsts["cancer"] == ["quad-2024-09"]
    assert firsts["myanmar"] == []
    # Within 3 % of the count of words parted by white space and hyphens.
    assert [one.words for one in matrix.columns] == [754, 2145, 3071, 3250, 5807]
