import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.content import Described
from claims.domain.dossier.claims import EntryStatus
from claims.domain.dossier.contents import Dossier
from claims.domain.dossier.faults import DossierRefused
from claims.domain.dossier.parsing import parse_dossier
from sources.vocabulary import OriginKind, Role
from tests.claims.domain.dossier import dossiers
from tests.claims.domain.dossier.dossiers import claim, decide

CORPUS = Path(__file__).resolve().parents[5] / "shared" / "corpus"

Change = Callable[[dict[str, Any]], object]


def parse(
    change: Change = lambda _: None,
    change_sources: Callable[[list[dict[str, Any]]], object] = lambda _: None,
    by: str = "dossier",
) -> Dossier:
    files = dossiers.files(change, change_sources)
    return parse_raw(files["dossier.json"], files["sources.json"], by=by)


def parse_raw(dossier: bytes, sources: bytes = b"[]", by: str = "dossier") -> Dossier:
    return parse_dossier(sources=sources, dossier=dossier, folder="folder", by=by)


def refusal(
    change: Change = lambda _: None,
    change_sources: Callable[[list[dict[str, Any]]], object] = lambda _: None,
    by: str = "dossier",
) -> str:
    with pytest.raises(DossierRefused) as refused:
        parse(change, change_sources, by)
    return str(refused.value)


def test_a_dossier_is_read_with_its_references() -> None:
    read = parse()

    assert read.namespace == "small"
    assert read.author == "dossier"
    assert [source.id for source in read.sources] == ["report", "digest", "statement-2024"]
    assert [source.file for source in read.sources] == ["report.txt", "", ""]
    assert read.sources[1].origins[0].kind is OriginKind.DIGEST
    assert [topic.key for topic in read.topics] == ["trade", "uber-land"]
    assert read.claims[0].topics == ("trade",)
    assert read.claims[0].status is EntryStatus.SUBMITTED
    assert read.claims[1].content.asserted_by == ("country", Described("a senior official"))


def test_an_absence_that_is_searched_for_may_be_approved_without_a_quote() -> None:
    def absent(of: dict[str, Any]) -> None:
        claim(of).update(
            subject="trade", property="mentions", aspect="Trade", value="absent", period=""
        )
        claim(of).update(absence={"documents": ["report"], "terms": ["trade"]}, evidence=[])
        decide(of, "approved")

    assert parse(absent).claims[0].status is EntryStatus.APPROVED


def test_the_keys_of_the_dossier_are_no_part_of_a_record() -> None:
    assert not {"file", "origins", "rights"} & set(parse().sources[0].record)


def test_the_folder_names_a_dossier_without_an_id() -> None:
    assert parse(lambda of: of.pop("id")).namespace == "folder"


def test_an_entity_comes_after_what_it_is_part_of() -> None:
    keys = [entity.id for entity in parse().entities]

    assert keys.index("country") < keys.index("city")


def test_every_account_gets_the_role_that_its_part_takes() -> None:
    def change(of: dict[str, Any]) -> None:
        decide(of, "approved")
        decide(of, "retracted", "bridge-opened")
        claim(of, "bridge-opened")["decided_by"] = "third"

    assert parse(change).accounts() == {
        "dossier": Role.CONTRIBUTOR,
        "second": Role.REVIEWER,
        "third": Role.EDITOR,
    }


def test_who_opens_a_question_is_an_editor_whatever_else_they_do() -> None:
    def change(of: dict[str, Any]) -> None:
        decide(of, "approved")
        of["conflicts"] = [
            {
                "question": "Which?",
                "members": ["trade-rose", "bridge-opened"],
                "opened_by": "second",
            }
        ]

    assert parse(change).accounts()["second"] is Role.EDITOR


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2025-05-07", datetime(2025, 5, 7, tzinfo=UTC)),
        ("2025-05-07T14:30:00Z", datetime(2025, 5, 7, 14, 30, tzinfo=UTC)),
        ("2025-05-07T14:30:00+02:00", datetime(2025, 5, 7, 12, 30, tzinfo=UTC)),
    ],
)
def test_a_decision_has_a_day_or_a_time_with_its_offset(typed: str, expected: datetime) -> None:
    read = parse(lambda of: decide(of, "approved", decided_at=typed))

    assert read.claims[0].decided_at == expected


@pytest.mark.parametrize("typed", ["7 May 2025", "2025-02-30", "2025-05-07T14:30:00", "soon"])
def test_a_decision_at_no_time_is_refused(typed: str) -> None:
    assert "is no time" in refusal(lambda of: decide(of, "approved", decided_at=typed))


def set_in_claim(**fields: Any) -> Change:
    return lambda of: claim(of).update(fields)


def evidence(**fields: Any) -> Change:
    return lambda of: claim(of)["evidence"][0].update(fields)


def on_bases(*bases: str, claimed: str) -> Change:
    """A property with a list of bases, and a claim that names one."""

    def change(of: dict[str, Any]) -> None:
        of["properties"][0]["bases"] = list(bases)
        claim(of)["basis"] = claimed

    return change


def test_a_claim_says_how_its_number_is_written() -> None:
    change = set_in_claim(value="1.234,5%", decimal_mark="comma", period="H1 2025")

    assert parse(change).claims[0].content.decimal_mark == "comma"


def test_a_property_of_dates_says_whether_a_date_is_all_of_its_days() -> None:
    visit = {"id": "visit", "label": "Visit", "value": "date", "date_extent": "whole"}

    assert parse(lambda of: of["properties"].append(visit)).properties[-1].date_extent == "whole"


def test_a_property_lists_its_bases() -> None:
    assert parse(on_bases("gross", "net", claimed="Net")).properties[0].bases == ("gross", "net")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_in_claim(subject="moon"), "“moon” is no entity"),
        (set_in_claim(property="colour"), "“colour” is no property"),
        (set_in_claim(aspect="Colours"), "“Colours” is no topic"),
        (set_in_claim(topics=["Colours"]), "“Colours” is no topic"),
        (set_in_claim(asserted_by=["moon"]), "“moon” is no entity"),
        (set_in_claim(value="many percent"), "“many percent”"),
        (set_in_claim(value="1,000%"), "“1,000%”"),
        (set_in_claim(value="1.234,5%", decimal_mark="semicolon"), "no decimal mark"),
        (set_in_claim(value="1.23%", decimal_mark="comma"), "groups of three digits"),
        (set_in_claim(asserted_on="05/07/2025"), "Write `2025-07-05` or `2025-05-07`"),
        (set_in_claim(value=""), "value"),
        (set_in_claim(value=9.1), "a number stands at “value”"),
        (set_in_claim(period="2025-02-30"), "“2025-02-30”"),
        (set_in_claim(period="2025/2024"), "“2025/2024”"),
        (set_in_claim(asserted_on="yesterday"), "“yesterday”"),
        (set_in_claim(mode="guessed"), "“guessed”"),
        (set_in_claim(mode="assessed"), "who asserts it"),
        (set_in_claim(degree="section"), "degree"),
        (set_in_claim(statement="x" * 10_000_000), "10,000,000 characters"),
        (set_in_claim(statement="  "), "statement"),
        (set_in_claim(statement=None), "“statement” is missing"),
        (set_in_claim(statement=["words"]), "a list stands at “statement”"),
        (set_in_claim(statement="a\0b"), "U+0000"),
        (set_in_claim(valeu="9%"), "“valeu” is not known. Did you mean “value”?"),
        (set_in_claim(approximate="yes"), "true or false"),
        (set_in_claim(topics="Trade"), "a text stands at “topics”"),
        (set_in_claim(evidence=["words"]), "a text stands where an object is read"),
        (evidence(source="elsewhere"), "“elsewhere” is no source"),
        (evidence(source=None), "“source” is missing"),
        (evidence(quote=""), "quote"),
        (evidence(quote="x" * 5_001), "5,001 characters"),
        (evidence(stance="proves"), "“proves” is not known"),
        (evidence(own_origin="elsewhere"), "“elsewhere” is no source"),
        (evidence(page=-1), "a whole number"),
        (lambda of: claim(of)["evidence"].append(claim(of)["evidence"][0]), "stands twice"),
        (set_in_claim(status="done"), "“done” is not known at “status”"),
        (set_in_claim(status="approved"), "“decided_by” is missing"),
        (set_in_claim(decided_by="second"), "belongs to a decision"),
        (lambda of: decide(of, "rejected", note=""), "says why"),
        (lambda of: decide(of, "retracted", note=""), "says why"),
        (
            set_in_claim(status="approved", decided_by="second", evidence=[]),
            "without a quote",
        ),
        (set_in_claim(status="approved", decided_by="a b"), "no name of an account"),
        (lambda of: of["claims"].append(of["claims"][0]), "stands twice"),
        (lambda of: of["entities"].append(of["entities"][1]), "stands twice"),
        (lambda of: of["topics"].append("trade"), "stands twice"),
        (lambda of: of["topics"].append("Тема…"), "to make a key of"),
        (lambda of: of["entities"][0].update(part_of="moon"), "“moon” is no entity"),
        (lambda of: of["entities"][1].update(part_of="city"), "part of itself"),
        (lambda of: of["entities"][0].update(kind="planet"), "“planet” is not known"),
        (lambda of: of["entities"][0].update(source="report"), "its kind is document"),
        (lambda of: of["entities"][0].update(id="The City"), "“The City” is no key"),
        (lambda of: of["properties"][0].update(unit="furlongs per egg"), "not in the table"),
        (lambda of: of["properties"][1].update(unit="day"), "Only a quantity"),
        (on_bases("gross", "net", claimed="Netto"), "Did you mean “net”?"),
        (lambda of: of["properties"][0].update(date_extent="whole"), "Take “date_extent” out."),
        (lambda of: of["properties"][0].update(bases="gross"), "a text stands at “bases”"),
        (lambda of: of["properties"][0].update(bases=[""]), "text in bases is missing"),
        (lambda of: of["series"][0].update(documents=["moon"]), "“moon” is no source"),
        (lambda of: of["documents"][0].update(type="scroll"), "“scroll”"),
        (lambda of: of["documents"][0].update(file="a.txt"), "sources.json"),
        (lambda of: of["documents"][0].update(id="report"), "stands twice"),
        (lambda of: of.update(extra=1), "“extra” is not known"),
        (lambda of: of.update(claims={}), "an object stands at “claims”"),
        (lambda of: of.update(expect=[]), "“expect”"),
        (
            lambda of: of.update(conflicts=[{"question": "?", "members": ["a"], "opened_by": "b"}]),
            "“a” is no claim",
        ),
    ],
)
def test_wrong_input_is_refused_with_a_sentence(change: Change, said: str) -> None:
    message = refusal(change)

    assert said in message
    assert message.startswith("dossier.json")
    assert message.rstrip().endswith((".", "?"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda of: of[0].update(titel="A Report"), "“titel” is not known. Did you mean “title”?"),
        (lambda of: of[0].pop("title"), "title"),
        (lambda of: of[0].update(issued={"date-parts": [[2025, 13, 1]]}), "issued"),
        (lambda of: of[0].update(URL="javascript:alert(1)"), "javascript"),
        (lambda of: of[0].update(file="../report.txt"), "“../report.txt” is no file"),
        (lambda of: of[0].update(file="/etc/passwd"), "is no file"),
        (lambda of: of[0].update(rights="all"), "“all” is not known"),
        (lambda of: of[0].update(origins=[dossiers.digest_of("moon")]), "“moon” is no source"),
        (lambda of: of[0].update(origins=[dossiers.digest_of("digest")]), "origin of itself"),
        (lambda of: of[1].update(origins=[dossiers.digest_of("report")] * 2), "named twice"),
        (lambda of: of[1].update(origins=[{"source": "report", "kind": "echo"}]), "“echo”"),
        (lambda of: of.append("a report"), "a text stands where an object is read"),
    ],
)
def test_a_wrong_record_is_refused_with_a_sentence(
    change: Callable[[list[dict[str, Any]]], object], said: str
) -> None:
    message = refusal(change_sources=change)

    assert said in message
    assert message.startswith("sources.json, source ")


def test_a_fault_names_file_and_entry() -> None:
    message = refusal(set_in_claim(subject="moon"))

    assert message.startswith("dossier.json, claim “trade-rose”: ")


def test_nobody_decides_on_what_they_wrote() -> None:
    message = refusal(lambda of: decide(of, "approved"), by="second")

    assert "claim “trade-rose”: “second” wrote the claim and cannot decide on it" in message


def test_all_faults_are_said_at_once() -> None:
    def change(of: dict[str, Any]) -> None:
        set_in_claim(subject="moon", period="2025-02-30")(of)
        claim(of, "bridge-opened")["evidence"][0]["source"] = "elsewhere"

    with pytest.raises(DossierRefused) as refused:
        parse(change)

    assert len(refused.value.faults) == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"claims": [', "dossier.json: line 1, column 13 is not JSON"),
        (b"\xff\xfe{}", "offset 0 is not UTF-8"),
        (b'{"id": "a", "id": "b"}', "“id” stands twice"),
        (b'{"claims": [{"id": "x", "value": 1, "value": 2}]}', "stands twice in entry “x”"),
        (b'{"x": NaN}', "NaN is no number"),
        (b'{"x": -Infinity}', "-Infinity is no number"),
        (b'{"x": 1e999}', "too large"),
        (b'{"x": ' + b"9" * 5_000 + b"}", "too long"),
        (b'{"id": "a\\u0000b"}', "id holds U+0000 after “a”"),
        (b'{"id": "\\ud800"}', "holds U+D800"),
        (b'{"claims": [{"id": "x", "note": "\\udc00"}]}', "claims, “x”, note holds U+DC00"),
        (b'{"a\\u0000": 1}', "holds U+0000"),
        (b'{"x": ' + b"[" * 32 + b"]" * 32 + b"}", "deeper than 32"),
        (b"[" * 100_000 + b"]" * 100_000, "deeper than 32"),
        (b"[]", "a list stands where an object is read"),
        (b"", "is not JSON"),
    ],
)
def test_what_is_no_proper_json_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(DossierRefused) as refused:
        parse_raw(data)

    assert said in str(refused.value)


def test_nesting_of_32_is_not_too_deep() -> None:
    with pytest.raises(DossierRefused) as refused:
        parse_raw(b'{"x": ' + b"[" * 31 + b"]" * 31 + b"}")

    assert "deeper" not in str(refused.value)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse_raw(b"\xef\xbb\xbf{}").claims == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(value=json_values, where=st.sampled_from([*dossiers.dossier(), "extra"]))
def test_any_json_is_read_or_refused(value: Any, where: str) -> None:
    """Nothing but a refusal comes of wrong input, wherever it stands."""
    raw = dossiers.dossier() | {where: value}
    try:
        parse_raw(json.dumps(raw).encode(), json.dumps(dossiers.sources()).encode())
    except DossierRefused as refused:
        assert refused.faults  # noqa: PT017 either outcome is fine


@given(
    value=json_values,
    key=st.sampled_from(
        [
            "id",
            "statement",
            "value",
            "evidence",
            "absence",
            "asserted_by",
            "topics",
            "status",
            "decided_by",
            "decided_at",
            "note",
            "period",
            "mode",
        ]
    ),
)
def test_any_json_in_a_claim_is_read_or_refused(value: Any, key: str) -> None:
    raw = dossiers.dossier()
    claim(raw)[key] = value
    try:
        parse_raw(json.dumps(raw).encode(), json.dumps(dossiers.sources()).encode())
    except DossierRefused as refused:
        assert refused.faults  # noqa: PT017 either outcome is fine


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the five documents are not beside the project")
def test_the_dossier_of_the_five_documents_is_read() -> None:
    read = parse_dossier(
        sources=(CORPUS / "sources.json").read_bytes(),
        dossier=(CORPUS / "dossier.json").read_bytes(),
        folder="corpus",
        by="dossier",
    )

    assert read.namespace == "corpus"
    assert len(read.claims) == 27
    assert sum(len(claim.evidence) for claim in read.claims) == 29
