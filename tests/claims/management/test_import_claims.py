"""The command `import_claims`: what it writes, what it refuses, and conflicts found at the end."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import retract
from claims.domain.dossier.claim_lines import MAX_LINE
from claims.models import Claim, Conflict, ConflictMember, Version
from claims.querysets import compared
from claims.vocabulary import Status
from sources.models import Excerpt, Source
from sources.vocabulary import Grade, Role
from tests import factories
from tests.claims.loads import NOW, rows

pytestmark = pytest.mark.django_db

AREAS = Path(__file__).resolve().parents[4] / "shared" / "data" / "country-areas.csv"

# The area of three countries by three sources: one question has one position, one has two, and
# one has three of which two agree.
#
#     ABW   180   180   180.0
#     BTN   38394 38394 47000
#     CHN   9596960   9.6 million   9706961      9.6 million is [9.55, 9.65) million
SMALL = """\
iso3,country,source,area_km2
ABW,Aruba,atlas,180
ABW,Aruba,list,180
ABW,Aruba,table,180.0
BTN,Bhutan,atlas,38394
BTN,Bhutan,list,38394
BTN,Bhutan,table,47000
CHN,China,atlas,9596960
CHN,China,list,9.6 million
CHN,China,table,9706961
"""


def run(*arguments: str) -> str:
    """Run the command, and return what it prints."""
    out = io.StringIO()
    call_command("import_claims", *arguments, stdout=out)
    return out.getvalue()


def written(path: Path, claims: Iterable[dict[str, Any]]) -> str:
    """A file with one claim a line, and its name."""
    file = path / "areas.jsonl"
    file.write_text("".join(json.dumps(claim) + "\n" for claim in claims))
    return str(file)


def claims_of(table: str) -> list[dict[str, Any]]:
    """A claim for every cell of a table of areas, which is quoted as it stands there."""
    return [
        {
            "id": f"{row['iso3']} {row['source']}",
            "statement": f"The area of {row['country']} is {row['area_km2']} square kilometres.",
            "subject": row["iso3"].lower(),
            "property": "area",
            "value": row["area_km2"],
            "evidence": [
                {"source": slug(row["source"]), "quote": row["area_km2"], "locator": row["iso3"]}
            ],
        }
        for row in csv.DictReader(io.StringIO(table))
    ]


def slug(source: str) -> str:
    return source.replace("/", "-").replace(".", "-")


def known(claims: list[dict[str, Any]]) -> None:
    """Enter what the claims name, and the accounts that write and decide."""
    factories.person(name="importer")
    factories.person(Role.REVIEWER, name="second")
    factories.number_property("area", unit="km2", single_valued=True, time="state")
    for key in {claim["subject"] for claim in claims}:
        factories.entity(key, kind="country")
    for key in {claim["evidence"][0]["source"] for claim in claims}:
        factories.source(key=key)


def conflicts() -> tuple[int, int]:
    """How many conflicts there are, and their members in all."""
    live = Conflict.objects.live()
    return live.count(), ConflictMember.objects.filter(
        conflict__in=live, left_at__isnull=True
    ).count()


def on_another_basis(claims: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    """The claims, those of one source on another basis."""
    return [
        {**claim, "basis": "land only"} if claim["id"].endswith(f" {source}") else claim
        for claim in claims
    ]


def test_shares_of_more_than_a_whole_are_asked_about_and_imported(tmp_path: Path) -> None:
    by = factories.somebody(Role.CONTRIBUTOR)
    subject, prop = factories.entity(), factories.number_property()
    said = {"subject": subject.key, "property": prop.key}
    lines = [
        {"id": name, "statement": f"It is {value}.", "value": value, **said}
        for name, value in (("most", "99%"), ("more", "120%"), ("growth", "two hundred percent"))
    ]

    printed = run(written(tmp_path, lines), "--as", by.username)

    assert "More than 100 percent: claims more, growth. Is it so?" in printed
    assert Claim.objects.count() == 3


def test_every_line_is_a_claim_and_conflicts_are_found_at_the_end(tmp_path: Path) -> None:
    claims = claims_of(SMALL)
    known(claims)

    printed = run(written(tmp_path, claims), "--as", "importer")

    assert Claim.objects.filter(namespace="areas").count() == 9
    assert {version.status for version in Version.objects.all()} == {Status.SUBMITTED}
    assert {excerpt.grade for excerpt in Excerpt.objects.all()} == {Grade.UNLOCATED}
    assert conflicts() == (2, 6)
    assert "claims              9" in printed
    assert "Conflicts: 2 opened." in printed
    assert not list(compared.mismatches(at=NOW))


def test_a_line_without_a_period_against_a_dated_claim_is_named(tmp_path: Path) -> None:
    claims = claims_of(SMALL)[:3]
    known(claims)
    run(written(tmp_path, [{**claims[0], "period": "2024"}]), "--as", "importer")
    other = Version.objects.get()

    printed = run(written(tmp_path, [{**claims[1], "value": "500"}]), "--as", "importer")

    assert conflicts() == (0, 0)
    (told,) = [line for line in printed.splitlines() if "Without a period" in line]
    assert f"{claims[1]['id']} differs from {other.ref}" in told
    assert "Without a period" not in run(written(tmp_path, claims[2:]), "--as", "importer")


def test_claims_on_another_basis_leave_the_conflict(tmp_path: Path) -> None:
    claims = claims_of(SMALL)
    known(claims)
    run(written(tmp_path, claims), "--as", "importer")

    printed = run(written(tmp_path, on_another_basis(claims, "table")), "--as", "importer")

    assert conflicts() == (0, 0)
    assert "Conflicts: 2 lapsed." in printed
    assert (
        Version.objects.filter(number=2, change_note="Changed in the imported file.").count() == 3
    )


@pytest.mark.skipif(not AREAS.is_file(), reason="the table is not beside the project")
@pytest.mark.long  # 713 claims of one property, imported twice
def test_the_areas_of_all_countries_give_their_conflicts(tmp_path: Path) -> None:
    claims = claims_of(AREAS.read_text())
    known(claims)

    run(written(tmp_path, claims), "--as", "importer")

    assert Claim.objects.count() == 713
    assert Source.objects.count() == 3
    assert Excerpt.objects.filter(grade=Grade.UNLOCATED).count() == 713
    assert conflicts() == (134, 386)

    run(written(tmp_path, on_another_basis(claims, "samayo/country-json")), "--as", "importer")

    assert conflicts() == (82, 164)  # the two sources that are left, where they differ


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    claims = claims_of(SMALL)
    known(claims)
    file = written(tmp_path, [*claims, decided(claims[0], "approved")])
    run(file, "--as", "importer")
    before = rows()

    printed = run(file, "--as", "importer")

    assert rows() == before
    assert "Nothing is new; nothing was changed." in printed
    assert "Conflicts: none changed." in printed


def test_a_changed_line_is_the_next_version_of_its_claim_alone(tmp_path: Path) -> None:
    claims = claims_of(SMALL)
    known(claims)
    run(written(tmp_path, claims), "--as", "importer")

    run(written(tmp_path, [{**claims[0], "value": "193"}, *claims[1:]]), "--as", "importer")

    assert list(Version.objects.filter(number=2).values_list("value", flat=True)) == ["193"]
    assert conflicts() == (3, 9)


def test_what_the_desk_made_of_a_claim_stays_where_its_line_is_as_it_was(tmp_path: Path) -> None:
    """Also where the account is the same that imported it."""
    claims = claims_of(SMALL)
    known(claims)
    file = written(tmp_path, claims)
    run(file, "--as", "importer")
    first = Version.objects.get(claim__external_id="ABW atlas")
    revise(
        claim=first.claim,
        content=replace(stored_content(first)[0], statement="Aruba has 180 square kilometres."),
        evidence=[Tie(piece.excerpt) for piece in first.evidence.all()],
        seen=1,
        by=first.author,
        at=NOW,
    )

    run(file, "--as", "importer")

    assert first.claim.versions.count() == 2


def decided(claim: dict[str, Any], status: str, **fields: str) -> dict[str, Any]:
    """The claim under another id, with a decision."""
    decision = {"status": status, "decided_by": "second", "note": "Read.", **fields}
    return {**claim, "id": f"{claim['id']} {status}", **decision}


def test_decisions_come_along(tmp_path: Path) -> None:
    claims = claims_of(SMALL)
    known(claims)
    lines = [decided(claims[0], status) for status in ("approved", "rejected")]

    run(written(tmp_path, [*lines, {**claims[1], "status": "draft"}]), "--as", "importer")

    statuses = dict(Version.objects.values_list("claim__external_id", "status"))
    assert statuses == {
        "ABW atlas approved": Status.APPROVED,
        "ABW atlas rejected": Status.REJECTED,
        "ABW list": Status.DRAFT,
    }


def test_every_fault_of_a_file_is_said_with_its_line_and_nothing_imported(tmp_path: Path) -> None:
    good = claims_of(SMALL)[0]
    known([good])
    faulty: list[tuple[str, str]] = [
        (json.dumps(good), ""),
        ("", ""),
        (
            json.dumps({**good, "id": "a", "subject": "moon"}),
            "“moon” is no entity of this database",
        ),
        (json.dumps({**good, "id": "b", "value": "wide"}), "wide"),
        ("{", "is not JSON"),
        ('{"id": "c", "statement": NaN}', "NaN is no number"),
        ('{"id": "d", "id": "e"}', "“id” stands twice"),
        (r'{"id": "f", "statement": "\ud800"}', "U+D800"),
        (r'{"id": "g", "statement": "\u0000"}', "U+0000"),
        ("[" * 40 + "]" * 40, "deeper than 32"),
        (json.dumps(good), "This id stands in line 1 too"),
        (json.dumps({**good, "id": "h", "statement": "x" * MAX_LINE}), "longer than"),
        (json.dumps(decided(good, "approved", decided_by="nobody")), "no active account “nobody”"),
        (json.dumps(decided(good, "retracted")), "this takes the role editor"),
        (json.dumps(decided(good, "approved", decided_by="importer")), "Name a second person"),
        (json.dumps(decided(good, "rejected", decided_at="2999-01-01")), "lies ahead"),
        ("[1]", "where an object is read"),
        (json.dumps({**good, "id": "i", "colour": "red"}), "The key “colour” is not known"),
    ]
    file = tmp_path / "faulty.jsonl"
    file.write_text("\n".join(line for line, _reason in faulty))
    before = rows()

    with pytest.raises(CommandError) as refused:
        run(str(file), "--as", "importer")

    said = str(refused.value).splitlines()
    for number, (_line, reason) in enumerate(faulty, start=1):
        place = f"faulty.jsonl, line {number}"
        about = [one for one in said if one.startswith((f"{place}:", f"{place},"))]
        assert bool(about) == bool(reason)
        assert reason in "".join(about)
    assert said[-1] == "Nothing was imported."
    assert rows() == before


def test_what_the_rows_refuse_is_said_of_every_line_too(tmp_path: Path) -> None:
    claims = claims_of(SMALL)
    known(claims)
    run(written(tmp_path, claims), "--as", "importer")
    editor = factories.person(Role.EDITOR)
    for claim in Claim.objects.filter(external_id__startswith="ABW"):
        retract(claim=claim, reason="Not so.", by=editor, at=NOW)
    before = rows()

    with pytest.raises(CommandError) as refused:
        run(written(tmp_path, [{**one, "value": "5"} for one in claims]), "--as", "importer")

    assert str(refused.value).count("is retracted; enter a new claim instead.") == 3
    assert "areas.jsonl, line 2, claim “ABW list”: C" in str(refused.value)
    assert rows() == before


def test_a_byte_order_mark_blank_lines_and_the_last_end_of_line_are_no_claims(
    tmp_path: Path,
) -> None:
    claims = claims_of(SMALL)[:2]
    known(claims)
    file = tmp_path / "marked.jsonl"
    file.write_bytes(
        b"\xef\xbb\xbf\r\n" + b"\r\n\n".join(json.dumps(one).encode() for one in claims)
    )

    run(str(file), "--as", "importer")

    assert Claim.objects.filter(namespace="marked").count() == 2


def test_standard_input_needs_a_namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = claims_of(SMALL)[:1]
    known(claims)
    given = io.TextIOWrapper(io.BytesIO(json.dumps(claims[0]).encode()))
    monkeypatch.setattr("sys.stdin", given)

    with pytest.raises(CommandError, match="--namespace"):
        run("-", "--as", "importer")
    run("-", "--as", "importer", "--namespace", "piped")

    assert Claim.objects.get().namespace == "piped"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    factories.person(name="importer")

    with pytest.raises(CommandError, match="cannot be read"):
        run(str(tmp_path / "none.jsonl"), "--as", "importer")
