"""That no address tells a reader words of a source that they may not know, nor withheld words.

Every word that must not be told is a marker; every address is asked by every reader.
"""

from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
import pytest_django
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from claims.actions.absence.dismissals import dismiss_hit
from claims.actions.claims.entry import Tie
from claims.domain.absence.absence_search import TermLocation
from claims.domain.content import Absence, Term
from claims.models import Claim, Conflict, Edition, Flag, PublicConflict, Version
from claims.vocabulary.factsheets import SheetLayout
from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.origins import add_origin, remove_origin
from sources.actions.quotes.grading import grade_source_again
from sources.actions.sources import add_series
from sources.actions.standing import set_standing
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import (
    Capture,
    Excerpt,
    Series,
    Source,
    SourceReader,
    TextLayer,
    WithholdingRequest,
)
from sources.vocabulary import Access, Grade, OriginKind, Rights, Role, Standing
from tests import databases
from tests import factories as make
from tests.claims.counted import has_dictionary
from tests.claims.issued import issue
from tests.worker import work

pytestmark = pytest.mark.django_db

STAFF, NAMED, GONE = "Stafflock", "Namedlock", "Gonewitch"

READERS = (
    "nobody",
    "visitor",
    "inactive",
    "contributor",
    "named",
    "reviewer",
    "editor",
    "administrator",
)
# Who may know what; withheld words nobody.
KNOWS = {name: {STAFF} for name in ("contributor", "reviewer", "editor", "administrator")}
KNOWS["named"] = {STAFF, NAMED}


def account(name: str) -> User:
    """The account of a reader."""
    if name in ("visitor", "inactive", "named"):
        return make.person(Role.CONTRIBUTOR, name=name, is_staff=name != "visitor")
    return make.person(Role(name), name=name)


def confidential(marker: str, access: Access, key: str) -> Source:
    """A source whose title, record, text, file and addresses all have the marker."""
    text = f"Of {marker} it is said that nine million are owed. Then {marker} fell silent at once."
    source = make.source(
        key=key,
        title=f"Paper of {marker}",
        URL=f"https://{marker}.example.org/paper",
        author=[{"family": marker, "given": "Anna"}],
        DOI=f"10.1234/{marker.lower()}",
        access=access,
        public_descriptor="A paper seen by the desk",
    )
    for edition in (text, f"{text} A second edition has {marker} more."):
        capture(
            source=source,
            data=edition.encode(),
            file_name=f"{marker}.txt",
            fetched_from=f"https://{marker}.example.org/",
            archive_url=f"https://archive.example.org/{marker}",
            response={"status": 200, "headers": [["X-From", marker]]},
            by=make.somebody(Role.CONTRIBUTOR),
            at=make.TODAY,
        )
    return set_standing(
        source=source,
        standing=Standing.CORRECTED,
        on=make.TODAY.date(),
        reason=f"{marker} wrote to us.",
        passages=[f"{marker} fell silent"],
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )


def withhold(row: Any) -> None:
    (asked,) = ask_to_withhold(
        targets=[row], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=make.TODAY
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=make.TODAY)


OPEN = (
    "Trade rose by 3% in May. The bank is owed six million by Finchley. Trade fell by 9% in June. "
    f"The bank is owed six million by {GONE}. "
    "The minister spoke of it, in July, at length and without papers."
)


def absence_over(series: Series) -> None:
    """A published absence with a hit in every text, beside withheld words; one was dismissed."""
    make.entity("papers", kind="series", series=series)
    make.value_property("presence", "mentions")
    version = make.published(
        statement="No debt is in the papers.",
        subject="papers",
        property="mentions",
        value="absent",
        absence=Absence((Term("million"), Term("owed six"), Term("ministre")), series="papers"),
        evidence=[],
    )
    work()
    scope = version.absence_scope
    run = scope.runs.order_by("-pk")[0]
    findings = run.findings.filter(source__key="named-paper", hits__gt=0)
    finding = findings.order_by("pk")[0]
    dismiss_hit(
        scope=scope,
        layer=finding.layer_id or 0,
        place=TermLocation(**finding.places[0]),
        reason=f"{NAMED} means something else.",
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )


@pytest.fixture(scope="module")
def world(
    django_db_setup: str, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[SimpleNamespace]:
    """The world in a database of this module, to which no test leaves a change."""
    with django_db_blocker.unblock(), databases.cloned(django_db_setup):
        with transaction.atomic():
            made = make_world()
        yield made


def make_world() -> SimpleNamespace:
    """A public source with a withheld quote, and two confidential ones, tied to each other."""
    by = make.somebody(Role.CONTRIBUTOR)
    staff = confidential(STAFF, Access.STAFF, "staff-paper")
    named = confidential(NAMED, Access.NAMED, "named-paper")
    opened = make.source(OPEN, key="open", rights=Rights.WHOLE)
    narrow = make.source(OPEN.replace("May", "April"), key="narrow")
    topic = make.topic("Trade")
    quotes = {
        "rose": make.excerpt("Trade rose by 3% in May", of=opened),
        "fell": make.excerpt("Trade fell by 9% in June", of=opened),
        "narrow": make.excerpt("The bank is owed six million by Finchley", of=narrow),
        "staff": make.excerpt(f"{STAFF} it is said that nine million are owed", of=staff),
        "named": make.excerpt(f"{NAMED} it is said that nine million are owed", of=named),
        # Words that stand in the confidential sources alone.
        "elsewhere": make.excerpt("it is said that nine million are owed. Then", of=opened),
    }
    gone = [make.excerpt(f"owed six million by {GONE}", of=one) for one in (opened, narrow)]
    for name in ("rose", "fell", "narrow", "staff", "named"):
        make.published(
            statement=f"Number {name}.",
            evidence=[Tie(quotes[name])],
            topics=[topic],
            at=make.TODAY,
            note="The correction leaves it as it is.",
        )
    make.published(statement="It was owed.", evidence=[Tie(one) for one in gone], topics=[topic])
    make.draft(statement="A draft.", evidence=[Tie(quotes["elsewhere"]), Tie(quotes["staff"])])
    everything = [opened, narrow, staff, named]
    series = add_series(key="papers", title="Papers", sources=everything, by=by, at=make.TODAY)
    for one, other in ((opened, staff), (opened, named), (narrow, opened), (staff, named)):
        add_origin(source=one, origin=other, kind=OriginKind.DIGEST, by=by, at=make.TODAY)
    remove_origin(source=staff, origin=named, reason="A slip.", by=by, at=make.TODAY)
    absence_over(series)
    has_dictionary(series, trade=["million", "owed six", "wrote"])
    # A second text of the same source, in which a quote drifts to the withheld words.
    drifting = OPEN.replace("The bank is owed six million by Finchley. ", "")
    capture(source=narrow, data=drifting.encode(), file_name="b.txt", by=by, at=make.TODAY)
    issue(*Version.objects.published(make.TODAY), words=f"It quotes {GONE}.")
    for excerpt in gone:
        withhold(excerpt)
    # A third one, once the words are gone.
    again = f"{drifting} A third edition."
    for one in (opened, narrow):
        capture(source=one, data=again.encode(), file_name="c.txt", by=by, at=timezone.now())
    work()
    for one in everything:
        grade_source_again(source=one, at=make.TODAY)
    quotes["narrow"].refresh_from_db()
    assert quotes["narrow"].grade == Grade.DRIFTED
    assert make.excerpt("The minister spoke of it", of=opened).prefix.endswith("\u2588. ")
    readers = {name: account(name) for name in READERS if name != "nobody"}
    SourceReader.objects.create(source=named, reader=readers["named"])
    ask_to_withhold(
        targets=[quotes["staff"]], reason="Perhaps.", by=readers["administrator"], at=make.TODAY
    )
    ask_to_withhold(
        targets=[quotes["named"]],
        reason=f"{NAMED} asks.",
        by=named_admin(named),
        at=make.TODAY,
    )
    return SimpleNamespace(named=named, staff=staff, opened=opened, narrow=narrow, people=readers)


def named_admin(source: Source) -> User:
    """An administrator who is one of the named persons."""
    person = make.person(Role.ADMINISTRATOR)
    SourceReader.objects.create(source=source, reader=person)
    return person


def signed_in(world: SimpleNamespace, name: str) -> Client:
    """The browser of a reader. One account is deactivated while it is signed in."""
    client = Client()
    if name != "nobody":
        client.force_login(world.people[name])
    if name == "inactive":
        User.objects.filter(pk=world.people[name].pk).update(is_active=False)
    return client


def addresses() -> Iterator[str]:
    """Everything that can be asked for, of every row."""
    keys = list(Source.objects.values_list("key", flat=True))
    layers = list(TextLayer.objects.values_list("pk", flat=True))
    excerpts = list(Excerpt.objects.values_list("pk", flat=True))
    captures = list(Capture.objects.values_list("pk", flat=True))
    yield from ("/", "/?q=nine+million", f"/?q={STAFF}", f"/?q={NAMED}", f"/?q={GONE}")
    yield from ("/conflicts/", "/topics/", "/topics/trade/")
    yield from series_addresses(keys, layers)
    yield from ("/factsheets/", "/factsheets/?topic=trade", "/factsheets/verify/")
    yield from (f"/q/{pk}" for pk in excerpts)
    yield from edition_addresses()
    for key in keys:
        yield f"/sources/{key}/"
        yield f"/sources/{key}/?part=1"
        yield f"/sources/{key}/compare/"
        yield from (f"/sources/{key}/?excerpt={pk}" for pk in excerpts)
        yield from (f"/sources/{key}/?text={pk}&place=3-30" for pk in layers)
        yield from (f"/sources/{key}/compare/?old={pk}&new={layers[0]}" for pk in layers)
    yield from api_addresses(keys, captures, excerpts)
    yield from desk_addresses(captures, excerpts)
    yield from conflict_addresses()


def series_addresses(keys: list[str], layers: list[int]) -> Iterator[str]:
    """The matrix of the series, its cells, its files, words in context and the most used words."""
    page, api, desk = "/series/papers/", "/api/v1/series/papers/", "/admin/claims/"
    yield from (page, f"{page}matrix/1/", f"{page}words/", f"{page}words.csv")
    yield from (f"{page}matrix/1.{form}" for form in ("csv", "xlsx", "json", "svg"))
    yield from (f"{page}dictionary/1.{form}" for form in ("yaml", "csv"))
    for asked in ("topic=trade", "q=million", "q=*lock+NEAR/20+million", "q=owed+six", "q=fell"):
        yield from (f"{page}contexts{end}?{asked}" for end in ("/", ".csv"))
        yield f"{api}contexts/?{asked}"
    # A confidential member has its place in the series for a name.
    columns = [*keys, *(f"{key}.{layer}" for key in keys for layer in layers), ".2", ".3"]
    yield from (f"{page}topics/trade/{column}/" for column in columns)
    yield from (f"{api}{door}/" for door in ("matrix", "words", "dictionary"))
    yield f"{api}dictionary/versions/"
    yield from (f"{desk}series/papers/dictionary/", f"{desk}stopwords/papers/")


def edition_addresses() -> Iterator[str]:
    """The doors of every edition, its files included."""
    yield "/api/v1/editions/"
    for edition in Edition.objects.select_related("fact_sheet"):
        key, page = edition.fact_sheet.key, f"/factsheets/{edition.fact_sheet.key}/"
        yield from (page, f"/api/v1/factsheets/{key}/", f"/api/v1/editions/{key}/{edition.number}/")
        yield from (f"{page}{edition.number}/", f"{page}{edition.number}/dossier/")
        for layout in SheetLayout:
            yield f"{page}{edition.number}/files/{key}.{edition.number}.{layout}.html"


def api_addresses(keys: list[str], captures: list[int], excerpts: list[int]) -> Iterator[str]:
    """The lists, rows and exports of the API."""
    api = "/api/v1/"
    for name in ("annotations", "captures", "claims", "conflicts", "entities", "excerpts"):
        yield f"{api}{name}/?limit=100"
    for name in ("properties", "series", "sources", "topics"):
        yield f"{api}{name}/?limit=100"
    for key in keys:
        yield f"{api}sources/{key}/"
        for name in ("annotations", "captures", "claims", "excerpts"):
            yield f"{api}{name}/?source={key}"
    yield from (f"{api}{name}/{pk}/" for pk in excerpts for name in ("excerpts", "annotations"))
    yield from (f"{api}captures/{pk}/" for pk in captures)
    yield f"{api}series/papers/"
    for form in ("csl-json", "bibtex", "biblatex", "ris"):
        yield f"{api}bibliography/?as={form}"
    for word in (STAFF, NAMED, GONE, "paper"):
        yield f"{api}sources/?q={word}"
        yield f"{api}claims/?q={word}"
    for form in ("markdown", "html"):
        yield f"{api}factsheets/?topic=trade&as={form}"
    for number in Claim.objects.values_list("pk", flat=True):
        yield f"/claims/C{number}/"
        yield f"/claims/C{number}/v1/"
        for step in ("", "versions/", "reviews/", "conflicts/"):
            yield f"{api}claims/C{number}/{step}"


def desk_addresses(captures: list[int], excerpts: list[int]) -> Iterator[str]:
    """The pages of the desk."""
    desk = "/admin/sources/"
    for name in ("source", "capture", "excerpt", "withholdingrequest", "series"):
        yield f"{desk}{name}/"
        yield f"{desk}{name}/?q=nine"
    yield from ("/admin/", "/admin/claims/flag/", "/admin/claims/claim/", "/admin/claims/entity/")
    yield from (f"{desk}source/suggest/?q={word}" for word in ("paper", STAFF, NAMED))
    for pk in Source.objects.values_list("pk", flat=True):
        for step in ("change", "record", "text", "capture", "fetch", "archive", "standing"):
            yield f"{desk}source/{pk}/{step}/"
        for step in ("quote", "origin", "origin/remove"):
            yield f"{desk}source/{pk}/{step}/"
        yield from (f"{desk}source/{pk}/text/?capture={one}" for one in captures)
    for pk in captures:
        yield from (f"{desk}capture/{pk}/change/", f"{desk}capture/{pk}/file/")
        yield f"{desk}withholdingrequest/ask/sources_capture/{pk}/"
    for pk in excerpts:
        yield from (f"{desk}excerpt/{pk}/{step}/" for step in ("change", "choose", "translate"))
        yield f"{desk}withholdingrequest/ask/sources_excerpt/{pk}/"
        yield f"/admin/claims/claim/add/?excerpt={pk}"
    for pk in TextLayer.objects.values_list("pk", flat=True):
        yield f"{desk}withholdingrequest/ask/sources_textlayer/{pk}/"
    for pk in WithholdingRequest.objects.values_list("pk", flat=True):
        yield f"{desk}withholdingrequest/{pk}/change/"
    for number in Claim.objects.values_list("pk", flat=True):
        yield f"/admin/claims/claim/{number}/change/"


def conflict_addresses() -> Iterator[str]:
    """The conflicts and flags that there are."""
    for number in PublicConflict.objects.values_list("number", flat=True):
        yield from (f"/conflicts/K{number}/", f"/api/v1/conflicts/K{number}/")
    for number in Conflict.objects.values_list("pk", flat=True):
        yield f"/admin/claims/conflict/{number}/change/"
    for number in Flag.objects.values_list("pk", flat=True):
        yield f"/admin/claims/flag/{number}/change/"


def told(response: Any) -> bytes:
    """The whole answer, headers included."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):  # a workbook
        with ZipFile(BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist())
    return body + repr(sorted(response.headers.items())).encode()


@pytest.mark.parametrize("name", READERS)
def test_no_address_tells_a_reader_what_they_may_not_know(
    world: SimpleNamespace, name: str
) -> None:
    client, secret = signed_in(world, name), {STAFF, NAMED, GONE} - KNOWS.get(name, set())
    leaks = []

    for address in addresses():
        cache.clear()
        response = client.get(address)
        assert response.status_code < 500, address
        body = told(response).lower()
        asked = address.lower().encode()
        if address.endswith("/file/"):  # the bytes are kept: only a quote was withheld
            body = body.replace(GONE.lower().encode(), b"")
        for word in secret:
            marker = word.lower().encode()
            if marker not in asked and marker in body:
                leaks.append((address, word))

    assert leaks == []


@pytest.mark.parametrize("name", ["contributor", "editor", "administrator"])
def test_what_one_may_not_read_is_answered_like_what_is_not_there(
    world: SimpleNamespace, name: str
) -> None:
    client, desk, source = signed_in(world, name), "/admin/sources/", world.named
    excerpt, kept = source.excerpts.order_by("pk")[0], source.captures.order_by("pk")[0]
    layer = TextLayer.objects.current_of(source)[0]
    posts = {
        **{
            f"source/{source.pk}/{step}/": {"exact": "it is said", "title": "T", "type": "report"}
            for step in ("record", "capture", "fetch", "archive", "standing", "quote", "origin")
        },
        f"source/{source.pk}/origin/remove/": {"reason": "It is wrong."},
        f"source/{source.pk}/take-over/": {"take": "title:1"},
        f"capture/{kept.pk}/numbers/": {"first": "1"},
        f"excerpt/{excerpt.pk}/choose/": {"place": "0-5"},
        f"excerpt/{excerpt.pk}/translate/": {"translation": "So"},
    }
    if name == "administrator":
        for table, row in (("excerpt", excerpt), ("capture", kept), ("textlayer", layer)):
            posts[f"withholdingrequest/ask/sources_{table}/{row.pk}/"] = {"reason": "I."}
    if name != "contributor":
        asked = WithholdingRequest.objects.get(row_id=excerpt.pk, table_name="sources_excerpt")
        for step in ("carry-out", "decline"):
            posts[f"withholdingrequest/{asked.pk}/{step}/"] = {}

    for address, typed in posts.items():
        assert client.post(f"{desk}{address}", typed).status_code == 404, address
    words = {"exact": "it is said"}
    assert client.post(f"/sources/{source.key}/quote/", words).status_code == 404
    assert client.post("/sources/no-such-key/quote/", words).status_code == 404
    answers = []
    for key in (source.key, "no-such-key"):
        sent = {"source": key, "file": SimpleUploadedFile("a.txt", b"Some words.")}
        answer = client.post("/api/v1/captures/", sent)
        answers.append(answer.content.replace(key.encode(), b"KEY"))
    assert answers[0] == answers[1]
    assert b"no source" in answers[0]


POSTS = (
    "/sources/open/quote/",
    "/api/v1/captures/",
    "/admin/sources/source/{source}/capture/",
    "/admin/sources/source/{source}/fetch/",
    "/admin/sources/source/{source}/archive/",
    "/admin/sources/source/{source}/quote/",
    "/admin/sources/source/{source}/origin/",
    "/admin/sources/source/{source}/origin/remove/",
    "/admin/sources/source/{source}/standing/",
    "/admin/sources/source/{source}/take-over/",
    "/admin/sources/source/import/",
    "/admin/sources/source/import/write/",
    "/admin/sources/source/",
    "/admin/sources/capture/{capture}/numbers/",
    "/admin/sources/excerpt/{excerpt}/choose/",
    "/admin/sources/excerpt/{excerpt}/translate/",
    "/admin/sources/withholdingrequest/ask/sources_capture/{capture}/",
)


def numbered(world: SimpleNamespace, address: str) -> str:
    source = world.opened
    kept, excerpt = source.captures.order_by("pk")[0], source.excerpts.order_by("pk")[0]
    return address.format(source=source.pk, capture=kept.pk, excerpt=excerpt.pk)


def test_nothing_is_written_by_a_form_of_another_site(world: SimpleNamespace) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["administrator"])

    for address in POSTS:
        response = client.post(numbered(world, address), {"exact": "Trade rose", "source": "open"})
        assert response.status_code == 403, address


@pytest.mark.parametrize("name", ["nobody", "visitor", "inactive"])
def test_nobody_outside_the_desk_writes(world: SimpleNamespace, name: str) -> None:
    client = signed_in(world, name)
    before = (Excerpt.objects.count(), Capture.objects.count())

    for address in POSTS:
        file = SimpleUploadedFile("a.txt", b"Words.")
        typed = {"exact": "Trade rose", "source": "open", "file": file}
        response = client.post(numbered(world, address), typed)
        is_sent_away = "/admin/login/" in response.headers.get("Location", "")
        assert is_sent_away or response.status_code in (401, 403), address
    assert (Excerpt.objects.count(), Capture.objects.count()) == before


def test_what_the_desk_reads_is_kept_by_nothing_on_the_way(world: SimpleNamespace) -> None:
    client = signed_in(world, "named")
    kept = []

    for address in addresses():
        response = client.get(address)
        is_private = "private" in response.headers.get("Cache-Control", "")
        if response.status_code == 200 and NAMED.encode() in told(response) and not is_private:
            kept.append(address)

    assert kept == []


@pytest.mark.parametrize("name", ["nobody", "visitor", "contributor"])
def test_no_other_method_tells_more(world: SimpleNamespace, name: str) -> None:
    client, key = signed_in(world, name), world.named.key
    excerpt, kept = world.named.excerpts.order_by("pk")[0], world.named.captures.order_by("pk")[0]
    pairs = {
        f"/sources/{key}/": "/sources/none/",
        f"/sources/{key}/quote/": "/sources/none/quote/",
        f"/sources/{key}/compare/": "/sources/none/compare/",
        f"/api/v1/sources/{key}/": "/api/v1/sources/none/",
        f"/api/v1/excerpts/{excerpt.pk}/": "/api/v1/excerpts/999999999/",
        f"/api/v1/annotations/{excerpt.pk}/": "/api/v1/annotations/999999999/",
        f"/api/v1/captures/{kept.pk}/": "/api/v1/captures/999999999/",
        f"/api/v1/captures/?source={key}": "/api/v1/captures/?source=nothing",
        f"/api/v1/bibliography/?series={key}": "/api/v1/bibliography/?series=nothing",
    }

    for method in ("get", "head", "options", "put", "patch", "delete"):
        for hidden, none in pairs.items():
            cache.clear()
            one, other = (getattr(client, method)(address) for address in (hidden, none))
            assert one.status_code == other.status_code, (method, hidden)
            assert NAMED.encode() not in told(one), (method, hidden)


def test_what_a_quote_drifted_to_is_shown_without_the_withheld_words(
    world: SimpleNamespace,
) -> None:
    page = signed_in(world, "nobody").get("/sources/narrow/").content.decode()

    assert "\u2588" in page
    assert GONE not in page
