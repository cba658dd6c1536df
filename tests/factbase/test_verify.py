"""`verify` finds what somebody changed past the guards, whoever it was."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.models import Entity, Property, Version
from factbase.models import User
from factbase.postgres.rights import runtime_role
from sources.actions.captures.capture import capture
from sources.actions.captures.texts import extract_text
from sources.actions.verification import verify_sources
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Blob, Capture, TextLayer, Withholding
from sources.vocabulary import Role
from tests import databases
from tests import factories as make
from tests.claims.issued import issue
from tests.held_open import elsewhere, everybody_else_goes_on, held_open

LATER = datetime.now(UTC)


def verify() -> tuple[int, str]:
    """The exit status of the command, and all that it said."""
    said = StringIO()
    try:
        call_command("verify", stdout=said, stderr=said)
    except SystemExit as ended:
        return int(str(ended.code)), said.getvalue()
    except CommandError as error:
        return error.returncode, said.getvalue() + str(error)
    return 0, said.getvalue()


def as_owner(*statements: str) -> None:
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def past_guards(table: str, change: str) -> Callable[[], None]:
    """A change of a table's rows by its owner, who put the guards away for a moment."""
    return lambda: as_owner(
        f"ALTER TABLE {table} DISABLE TRIGGER USER",
        f"UPDATE {table} SET {change}",
        f"ALTER TABLE {table} ENABLE TRIGGER USER",
    )


def of_the_only_blob() -> str:
    return Blob.objects.get().storage_name


def change_the_file() -> None:
    name = of_the_only_blob()
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"Other bytes."))


def a_trigger(what: str) -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(tgname) FROM pg_trigger "
            "WHERE tgrelid = 'claims_review'::regclass AND NOT tgisinternal ORDER BY 1 LIMIT 1"
        )
        return what.format(cursor.fetchone()[0])


# What was done → what the command says of it.
DAMAGES: dict[str, tuple[Callable[[], object], str]] = {
    "a missing trigger": (
        lambda: as_owner(a_trigger("DROP TRIGGER {} ON claims_review")),
        "on claims_review is missing",
    ),
    "a disabled trigger": (
        lambda: as_owner(a_trigger("ALTER TABLE claims_review DISABLE TRIGGER {}")),
        "on claims_review is off",
    ),
    "a trigger for replicas only": (
        lambda: as_owner(a_trigger("ALTER TABLE claims_review ENABLE REPLICA TRIGGER {}")),
        "on claims_review is off",
    ),
    "an open switch": (
        lambda: as_owner(
            "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) "
            "RETURNS boolean LANGUAGE sql AS 'SELECT true'"
        ),
        "The switch of the triggers is open",
    ),
    "a right too many": (
        lambda: as_owner(f'GRANT DELETE ON claims_review TO "{runtime_role()}"'),
        "has DELETE on claims_review, and should not",
    ),
    "an approval without a review": (
        past_guards("claims_version", "status = 'approved' WHERE status = 'submitted'"),
        "is approved without a review of another person",
    ),
    "another statement": (
        past_guards("claims_version", "statement = 'Trade rose.' WHERE published IS NOT NULL"),
        "says something else than its hash",
    ),
    "another value": (
        past_guards("claims_version", "value = '9%' WHERE published IS NOT NULL"),
        "says something else than its hash",
    ),
    "another amount": (
        past_guards("claims_version", "amount = '[1,2)' WHERE published IS NOT NULL"),
        "keeps another value or period than was typed",
    ),
    "another period": (
        past_guards("claims_version", "period_days = '[2025-01-01,2025-01-02)'"),
        "keeps another value or period than was typed",
    ),
    "another stance": (
        past_guards("claims_evidence", "stance = 'refutes'"),
        "says something else than its hash",
    ),
    "other words in a quote": (
        past_guards("sources_excerpt", "exact = replace(exact, '9', '8')"),
        "says something else than its hash",
    ),
    "another file": (change_the_file, "holds other bytes"),
    "no file": (
        lambda: default_storage.delete(of_the_only_blob()),
        "is not in the storage",
    ),
    "another text": (
        past_guards("sources_textlayer", "text = replace(text, '9', '8')"),
        "holds another text",
    ),
    "a forged text": (
        past_guards("sources_textlayer", "text = 'A', text_sha256 = encode(sha256('A'), 'hex')"),
        "is not what the captured file gives",
    ),
    "words that are passed over": (
        past_guards(
            "sources_textlayer", """apparatus = '[{"start": 0, "end": 6, "kind": "note"}]'"""
        ),
        "is not what the captured file gives",
    ),
    "a text drawn by nobody knows what": (
        past_guards("sources_textlayer", "extractor = 'other'"),
        "which is not known here",
    ),
    "a conflict that lapsed by itself": (
        past_guards("claims_conflict", "status = 'lapsed'"),
        "The records of conflicts do not fit together",
    ),
    "a conflict of another kind": (
        past_guards("claims_conflict", "kind = 'value'"),
        "is not on record as its claims have it, for the desk",
    ),
    "a decision that nobody made": (
        past_guards("claims_conflict", "status = 'resolved'"),
        "is resolved, which nobody decided",
    ),
    "a party to a conflict that readers must not know of": (
        lambda: as_owner(
            "INSERT INTO claims_publicconflictmember (conflict_id, version_id, joined_at) "
            "SELECT k.id, v.id, now() FROM claims_publicconflict k, claims_version v "
            "WHERE v.status = 'submitted'"
        ),
        "is not on record as its claims have it, for readers",
    ),
    "another grade": (
        past_guards("sources_excerpt", "grade = 'missing', is_verified = false"),
        "shows missing, but was graded exact",
    ),
    "another grading": (
        past_guards("sources_grading", "grade = 'folded'"),
        "is kept as folded, but is exact",
    ),
    "another place": (
        past_guards("sources_grading", 'start = start + 1, "end" = "end" + 1'),
        "does not stand where its grading says",
    ),
    "another detection key": (
        past_guards("claims_version", "detection_key = repeat('0', 64) WHERE property_id > 0"),
        "has another detection key",
    ),
    "another key without basis": (
        past_guards("claims_version", "key_without_basis = NULL WHERE property_id > 0"),
        "has another detection key",
    ),
    "another number": (
        past_guards("claims_version", "point = 9.2 WHERE published IS NOT NULL"),
        "keeps another value or period than was typed",
    ),
    "another newest version": (
        past_guards("claims_version", "is_newest = FALSE WHERE published IS NOT NULL"),
        "is marked as newest and is not, or the reverse",
    ),
    "other words for search": (
        past_guards("claims_version", "search_text = 'kelp' WHERE published IS NOT NULL"),
        "keeps other words for search than it has",
    ),
    "another index of words": (
        lambda: as_owner(
            "ALTER TABLE claims_version ALTER COLUMN words DROP EXPRESSION",
            "ALTER TABLE claims_version DISABLE TRIGGER USER",
            "UPDATE claims_version SET words = 'kelp' WHERE published IS NOT NULL",
            "ALTER TABLE claims_version ENABLE TRIGGER USER",
        ),
        "is indexed by other words than it has",
    ),
    "another file of an edition": (
        past_guards("claims_editionfile", r"content = '\\x09' WHERE layout = 'brief'"),
        "The file brief html of Edition 1 of sheet holds other bytes than were issued",
    ),
    "an edition without a file": (
        past_guards("claims_editionfile", r"content = '' WHERE layout = 'brief'"),
        "The file brief html of Edition 1 of sheet holds other bytes than were issued",
    ),
    "another hash of a file": (
        past_guards("claims_editionfile", "sha256 = repeat('0', 64) WHERE layout = 'brief'"),
        "Edition 1 of sheet has other files than its manifest lists",
    ),
    "another manifest": (
        past_guards("claims_edition", "manifest = manifest || '{\"conflicts\": []}'"),
        "Edition 1 of sheet has another manifest than was issued",
    ),
    "another content of an edition": (
        past_guards("claims_edition", 'content = content || \'{"title": "Another"}\''),
        "Edition 1 of sheet has another content than its manifest names",
    ),
    "no content of an edition": (
        past_guards("claims_edition", "content = '{}'"),
        "Edition 1 of sheet has another content than its manifest names",
    ),
    "no manifest": (
        past_guards("claims_edition", "manifest = '{}'"),
        "Edition 1 of sheet has another manifest than was issued",
    ),
    "another hash of a version in an edition": (
        past_guards("claims_editionversion", "content_hash = repeat('0', 64)"),
        "Edition 1 of sheet rests on another content of C1/v1 than that has",
    ),
    "another version in an edition": (
        past_guards(
            "claims_editionversion",
            "(version_id, content_hash) = (SELECT id, content_hash FROM claims_version "
            "WHERE published IS NOT NULL ORDER BY id DESC LIMIT 1)",
        ),
        "Edition 1 of sheet rests on other versions than its manifest lists",
    ),
    "another comparison": (
        past_guards("claims_version", "is_compared = NOT is_compared"),
        "is compared though it should not be",
    ),
}


@pytest.fixture
def world(built_world: tuple[str, bytes], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of the test's own that holds the world of the module, and its captured file."""
    template, data = built_world
    with django_db_blocker.unblock(), databases.cloned(template):
        blob = of_the_only_blob()
        default_storage.save(blob, ContentFile(data))
        yield
        default_storage.delete(blob)


@pytest.fixture(scope="module")
def built_world(
    django_db_setup: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, bytes]]:
    """A database to be cloned and the bytes of its only captured file, which is not there.

    Two published claims that disagree on a quote of a captured text, and one that waits.
    """
    with django_db_blocker.unblock(), databases.cloned(django_db_setup) as name:
        data = build_world()
        default_storage.delete(of_the_only_blob())
        databases.point_to(databases.worker_name())
        yield name, data


def build_world() -> bytes:
    """Make the claims; return the captured bytes, which no other test has."""
    text = f"Trade fell by 9%. {datetime.now(UTC).isoformat()}"
    report = make.source(text, key="report")
    trade, change = make.entity("trade"), make.number_property("change")
    for made, value in ((make.published, "-9%"), (make.submitted, "-9%"), (make.published, "9%")):
        made(
            subject=trade.key,
            property=change.key,
            value=value,
            evidence=[Tie(make.excerpt("Trade fell by 9%.", of=report))],
        )
    issue(Version.objects.filter(published__isnull=False).order_by("pk")[0])
    return text.encode()


def test_a_good_database_passes(world: None) -> None:
    status, said = verify()

    assert status == 0, said
    for what in (
        "captured files",
        "text layers",
        "quotes",
        "content hashes",
        "newest versions",
        "editions",
    ):
        assert f"{what}: all fit" in said


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_changed_past_the_guards_is_found(world: None, damage: str) -> None:
    do, sentence = DAMAGES[damage]
    do()

    status, said = verify()

    assert sentence in said
    assert status == 2


# Kinds of values and periods, in ranges of every shape.
TYPED = {
    "quantity": ["9.1%", "~9%", ">20%", "<=5%", "20..25%"],
    "count": ["11", ">20", "<5", "~30", "20..25"],
    "date": ["2025-05-07", "2025-05", "2025?", "../2025", "2025/.."],
    "truth": ["true", "false"],
    "presence": ["present", "absent"],
    "entity": ["trade"],
    "text": ["The Silk Road"],
}


@pytest.mark.parametrize("kind", TYPED)
def test_what_was_typed_passes_however_it_is_kept(cloned_database: str, kind: str) -> None:
    trade = make.entity("trade")
    unit = "percent" if kind == "quantity" else ""
    prop = make.value_property(kind, unit=unit)
    for value, period in zip(
        TYPED[kind], ["", "2025", "2024-12/2025-01", "../2025", "2025~"], strict=False
    ):
        make.submitted(subject=trade.key, property=prop.key, value=value, period=period)

    status, said = verify()

    assert status == 0, said


def test_what_was_withheld_is_known(world: None) -> None:
    one, other = make.person(Role.ADMINISTRATOR), make.person(Role.EDITOR)
    for table, row in (
        ("sources_textlayer", TextLayer.objects.get().pk),
        ("sources_excerpt", TextLayer.objects.get().gradings.get().excerpt_id),
        ("sources_blob", Blob.objects.get().pk),
    ):
        Withholding.objects.create(
            table_name=table,
            row_id=row,
            sha256="0" * 64,
            reason="A court said so.",
            administrator=one,
            second_person=other,
            withheld_at=make.TODAY,
        )
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE sources_textlayer SET text = ''")
        cursor.execute("UPDATE sources_excerpt SET exact = '', prefix = '', suffix = ''")
    default_storage.delete(of_the_only_blob())

    status, said = verify()

    assert status == 0, said


def test_nobody_waits_for_a_check_and_it_sees_one_state(world: None) -> None:
    claim = Version.objects.order_by("pk")[0].claim

    def disagrees() -> None:
        subject, change = Entity.objects.get(key="trade"), Property.objects.get(key="change")
        make.published(subject=subject.key, property=change.key, value="50%")

    with held_open(verify, at="claims.actions.verification:content_hash") as held:
        everybody_else_goes_on(
            disagrees,
            lambda: retract(claim=claim, reason="Wrong.", by=make.person(Role.EDITOR), at=LATER),
        )

    status, said = held.result
    assert status == 0, said
    assert "3  content hashes: all fit" in said


@pytest.mark.django_db
def test_a_text_is_extracted_again_in_the_language_of_its_source() -> None:
    source = make.source(language="hu")
    data = "Két évre szóló szerződés Győrben".encode("cp1250")
    capture(source=source, data=data, file_name="a.txt", by=make.person(), at=make.TODAY)
    assert TextLayer.objects.exists()

    assert [one.problems for one in verify_sources()] == [[], []]


@pytest.mark.django_db
def test_a_whole_text_is_extracted_again_as_a_whole_one() -> None:
    paragraphs = "".join(
        f"<p>In the year {year} the trade of the two countries rose by {year % 9} per cent, and "
        "the ministers agreed on a plan for energy.</p>"
        for year in range(1990, 2010)
    )
    page = (
        f"<html><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Trade</h1>{paragraphs}</article>"
        "<footer>Printed in York.</footer></body></html>"
    )
    kept = capture(
        source=make.source(),
        data=page.encode(),
        file_name="a.html",
        by=make.person(),
        at=make.TODAY,
    )
    extract_text(capture=kept, at=LATER, is_whole=True)
    assert kept.blob.layers.count() == 2

    assert [one.problems for one in verify_sources()] == [[], []]


@pytest.mark.parametrize("step", ["file_sha256", "is_as_extracted"])
def test_a_capture_that_is_withheld_meanwhile_is_not_missing(world: None, step: str) -> None:
    def withhold() -> None:
        (request,) = ask_to_withhold(
            targets=[Capture.objects.get()],
            reason="A court said so.",
            by=make.person(Role.ADMINISTRATOR),
            at=LATER,
        )
        carry_out(request=request, by=make.person(Role.EDITOR), at=LATER)

    with held_open(verify, at=f"sources.actions.verification:{step}") as held:
        elsewhere(withhold)
        assert not default_storage.exists(of_the_only_blob())

    status, said = held.result
    assert status == 0, said


def test_a_file_that_is_lost_meanwhile_is_missing(world: None) -> None:
    with held_open(verify, at="sources.actions.verification:file_sha256") as held:
        default_storage.delete(of_the_only_blob())

    status, said = held.result
    assert status == 2
    assert "is not in the storage" in said


def test_a_check_writes_nothing_and_locks_no_question(world: None) -> None:
    with CaptureQueriesContext(connections["default"]) as queries:
        assert verify()[0] == 0

    said = [query["sql"] for query in queries.captured_queries]
    assert any("REPEATABLE READ, READ ONLY" in sql for sql in said)
    assert not [sql for sql in said if "pg_advisory" in sql or "FOR UPDATE" in sql]


def test_an_empty_database_does_not_pass(cloned_database: str) -> None:
    status, said = verify()

    assert status == 1
    assert "There is nothing to check yet" in said
    assert not User.objects.exists()


def test_a_database_that_does_not_answer_does_not_pass(cloned_database: str) -> None:
    databases.point_to(f"{cloned_database}_elsewhere")
    try:
        status, said = verify()
    finally:
        databases.point_to(cloned_database)

    assert status == 1
    assert "could not run" in said
