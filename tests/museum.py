"""A database with a row of every table, for tests that ask something of all of them.

Rows that an action makes are made by it. What no action makes yet is written as it will be.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models, transaction
from pytest_django import DjangoDbBlocker

from claims.actions.absence.dismissals import dismiss_hit
from claims.actions.absence.runs import run_absence
from claims.actions.claims.entry import Tie, propose
from claims.actions.conflicts.decisions import open_editorial
from claims.domain.absence.absence_search import TermLocation
from claims.domain.content import Absence, Content, Described, PremiseGiven, Term
from claims.models import (
    AbsenceScope,
    Conflict,
    ConflictDecision,
    DictionaryVersion,
    Edition,
    EditionFile,
    EditionVersion,
    EditionWithdrawal,
    Erratum,
    Extract,
    ExtractFile,
    ExtractSource,
    ExtractVersion,
    ExtractWithdrawal,
    FactSheet,
    Flag,
    IssueRequest,
    StopWords,
    TextWords,
    TopicCount,
    UnsavedEntry,
    Use,
    Version,
)
from claims.vocabulary import ConflictStatus, FlagKind
from claims.vocabulary.extracts import ExtractFormat
from claims.vocabulary.factsheets import EditionFormat
from factbase.models import User
from sources.actions.origins import add_origin
from sources.actions.publishers import judge_publisher
from sources.actions.quotes.removal import remove_quote
from sources.actions.quotes.tray import collect_quote
from sources.actions.sources import add_series
from sources.actions.withholding.withhold import ask_to_withhold, decline
from sources.models import (
    Confirmation,
    JobFailure,
    Publisher,
    Series,
    Source,
    SourceReader,
    Withholding,
)
from sources.vocabulary import Access, DoubtKind, JobFault, OriginKind, Reliability, Role
from tests import databases
from tests import factories as make

LATER = make.TODAY + timedelta(days=1)


@pytest.fixture(scope="module")
def museum(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both aliases mean a database with a row of every table, which the tests must not change."""
    with django_db_blocker.unblock(), databases.cloned(django_db_setup):
        with transaction.atomic():
            fill()
        yield


@contextmanager
def undone(alias: str = "default") -> Iterator[None]:
    """Roll back all changes made in the block."""
    with transaction.atomic(using=alias):
        yield
        transaction.set_rollback(True, using=alias)


def our_models() -> list[type[models.Model]]:
    """Every model of the three apps, tables of history included."""
    return [
        model
        for app in ("sources", "claims", "factbase")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]


def fill() -> None:
    """Write a row of every table."""
    editor, administrator = make.person(Role.EDITOR), make.person(Role.ADMINISTRATOR)
    report = fill_sources(editor)
    fill_claims(report, editor)
    sheet = FactSheet.objects.create(
        key="sheet", title="Sheet", style="apa", created_at=LATER, created_by=editor
    )
    edition = Edition.objects.create(fact_sheet=sheet, number=1, issued_at=LATER, issued_by=editor)
    version = Version.objects.order_by("pk")[0]
    EditionVersion.objects.create(
        edition=edition, version=version, content_hash=version.content_hash
    )
    EditionFile.objects.create(
        edition=edition, format=EditionFormat.HTML, sha256="0" * 64, content=b"<p>"
    )
    IssueRequest.objects.create(
        fact_sheet=sheet, revision=1, requested_at=LATER, requested_by=editor
    )
    Erratum.objects.create(edition=edition, words="A slip.", added_at=LATER, added_by=editor)
    EditionWithdrawal.objects.create(
        edition=edition, reason="It is wrong.", withdrawn_at=LATER, withdrawn_by=editor
    )
    fill_extracts(report, version, editor)
    fill_dictionaries(report, editor)
    UnsavedEntry.objects.create(form=uuid.uuid4(), saved_at=LATER, saved_by=editor)
    quote = version.evidence.get().excerpt
    Confirmation.objects.create(
        excerpt=quote,
        kind=DoubtKind.RAISED_FIGURE,
        number=1,
        sha256="0" * 64,
        layer=quote.gradings.get().layer,
        start=0,
        end=1,
        confirmed_at=LATER,
        confirmed_by=editor,
    )
    collect_quote(excerpt=quote, by=editor, at=LATER)
    remove_quote(excerpt=make.excerpt(), by=editor, at=LATER)
    (asked,) = ask_to_withhold(targets=[quote], reason="Why.", by=administrator, at=LATER)
    decline(request=asked, by=editor, at=LATER)
    ask_to_withhold(targets=[quote], reason="Why.", by=administrator, at=LATER)
    Withholding.objects.create(
        table_name="nothing",
        row_id=1,
        sha256="0" * 64,
        reason="A court said so.",
        administrator=administrator,
        second_person=editor,
        withheld_at=LATER,
    )


def fill_sources(editor: User) -> Source:
    """A row of every table of sources, with an excerpt that claims can rest on."""
    report = make.source(
        "Trade fell by 9% in 2025. Nothing else happened.",
        key="report",
        publisher="Ministry",
        access=Access.STAFF,
        public_descriptor="a report",
    )
    digest = make.source(key="digest")
    judge_publisher(
        publisher=Publisher.objects.create(name="A press"),
        reliability=Reliability.B,
        reason="It corrects itself.",
        by=editor,
        at=LATER,
    )
    add_origin(source=digest, origin=report, kind=OriginKind.DIGEST, by=editor, at=LATER)
    add_series(key="series", title="Series", sources=[report, digest], by=editor, at=LATER)
    SourceReader.objects.create(source=report, reader=editor)
    JobFailure.objects.create(job=1, failed_at=LATER, fault=JobFault.DATABASE)
    return report


def fill_extracts(report: Source, version: Version, editor: User) -> None:
    """An extract of a version, withdrawn."""
    extract = Extract.objects.create(
        title="Trade", known_at=LATER, made_at=LATER, made_by=editor, rows=1, columns=1
    )
    ExtractVersion.objects.create(
        extract=extract, version=version, content_hash=version.content_hash
    )
    ExtractSource.objects.create(extract=extract, source=report)
    ExtractFile.objects.create(
        extract=extract, format=ExtractFormat.CSV, sha256="0" * 64, content=b"ref"
    )
    ExtractWithdrawal.objects.create(
        extract=extract, reason="It is wrong.", withdrawn_at=LATER, withdrawn_by=editor
    )


def fill_dictionaries(report: Source, editor: User) -> None:
    """A dictionary of the series, its counts, and stop words."""
    series = Series.objects.get()
    dictionary = DictionaryVersion.objects.create(
        series=series, number=1, sha256="0" * 64, made_at=LATER, made_by=editor
    )
    StopWords.objects.create(series=series, saved_at=LATER, saved_by=editor)
    layer = report.captures.get().blob.layers.get()
    TextWords.objects.create(layer=layer, total=9, counted_at=LATER)
    TopicCount.objects.create(dictionary=dictionary, layer=layer, counted_at=LATER)


def fill_claims(report: Source, editor: User) -> None:
    """A row of every table of claims, but for fact sheets."""
    trade, topic = make.entity("trade"), make.topic("Trade")
    change = make.number_property("change")
    one = make.published(
        subject=trade.key,
        property=change.key,
        value="-9%",
        period="2025",
        asserted_by=(Described("a ministry"),),
        topics=[topic],
        evidence=[Tie(make.excerpt("Trade fell by 9% in 2025.", of=report))],
    )
    other = make.published(subject=trade.key, property=change.key, value="9%", period="2025")
    name = make.value_property("text", "name")
    make.submitted(subject=trade.key, property=name.key, value="Handel")
    document = make.entity("report-document", kind="document", source=report)
    mention = make.value_property("presence", "mentions")
    absent = propose(
        content=Content(
            statement="The report does not mention trade.",
            subject=document.key,
            property=mention.key,
            value="absent",
            absence=Absence(terms=(Term("Trade", "en"),), sources=(report.key,)),
            premises=(PremiseGiven(one.ref, one.content_hash),),
        ),
        evidence=[],
        by=editor,
        at=LATER,
        namespace="museum",
        external_id="absent",
    )
    scope = AbsenceScope.objects.get(version=absent)
    run = run_absence(scope=scope, at=LATER)
    place = TermLocation(**run.findings.get().places[0])
    layer = report.captures.get().blob.layers.get()
    dismiss_hit(scope=scope, layer=layer.pk, place=place, reason="A name.", by=editor, at=LATER)
    ConflictDecision.objects.create(
        conflict=Conflict.objects.get(),
        status=ConflictStatus.CONFIRMED,
        decided_by=editor,
        decided_at=LATER,
        note="So it is.",
        versions=[one.pk],
    )
    open_editorial(
        claims=[one.claim, other.claim], question="Is this the same trade?", by=editor, at=LATER
    )
    Flag.objects.create(
        claim=one.claim, kind=FlagKind.READER_NOTE, cause="A reader wrote.", opened_at=LATER
    )
    Use.objects.create(claim=one.claim, title="An article", used_on=LATER.date())
