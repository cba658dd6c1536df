"""That no door tells the public of a source on which nothing published rests.

Every word of such a source is a marker; every address that could have it is asked, in a state where
the public may read nothing of it, and in one where it may.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import take_off
from claims.models import Version
from sources.actions.captures.capture import capture
from sources.actions.origins import add_origin
from sources.actions.sources import add_series, close_source, open_source
from sources.models import Excerpt, Source
from sources.vocabulary import Grade, OriginKind, Rights, Role
from tests import factories as make
from tests.worker import work

pytestmark = pytest.mark.django_db

# In the title, the text and the other names of what only the desk works on.
MARK = "Quillfeather"
TEXT = f"The {MARK} pact is signed in May. All of it may be read."


@dataclass(frozen=True)
class Desk:
    """A source with a claim that waits on it, and a published claim on another one."""

    source: Source
    excerpt: Excerpt
    waiting: Version
    published: Version

    @property
    def addresses(self) -> list[str]:
        """Every address that could tell of the source."""
        api = [
            *("sources/?limit=100", "sources/plan/", "sources/?q=quillfeather"),
            *("sources/?series=plans", "sources/?series=news", "series/", "series/plans/"),
            *("series/news/", "captures/", "captures/?source=plan", "excerpts/"),
            f"captures/{self.source.captures.get().pk}/",
            *("excerpts/?source=plan", f"excerpts/{self.excerpt.pk}/", "annotations/"),
            *(f"annotations/{self.excerpt.pk}/", "annotations/?source=plan"),
            *("bibliography/", "bibliography/?as=ris", "bibliography/?q=quillfeather"),
            *("entities/?limit=100", "entities/pact/", "claims/?source=plan", "claims/?q=pact"),
            *("claims/", f"claims/{self.published.claim.ref}/", "conflicts/"),
            *(f"excerpts/{self.published.evidence.get().excerpt_id}/", "factsheets/?entity=pact"),
        ]
        pages = [
            *("sources/plan/", "sources/plan/?text=1", "sources/plan/compare/", "series/plans/"),
            *("series/news/", "?q=quillfeather", f"claims/{self.published.claim.ref}/"),
            f"sources/{self.published.evidence.get().excerpt.source.key}/",
            *("entities/", "entities/pact/", "sources/", "sources/?publisher=", "corrections/"),
            *("about/", "sitemap.xml", "sitemap-pages.xml", "sitemap-claims-1.xml", "robots.txt"),
            f"claims/{self.published.claim.ref}/v1/cite/?style=bibtex",
            f"claims/C{self.waiting.claim_id}/v1/cite/?style=bibtex",
        ]
        return [*(f"/api/v1/{path}" for path in api), *(f"/{path}" for path in pages)]


@pytest.fixture
def desk() -> Desk:
    """A source whose whole text may be read, once it is public; and a claim that waits on it."""
    cache.clear()
    by = make.somebody(Role.CONTRIBUTOR)
    plan = make.source(TEXT, key="plan", title=f"The {MARK} plan", rights=Rights.WHOLE)
    pact = make.entity("pact", kind="document", label=f"{MARK} pact", source=plan)
    news = make.source("It was quiet in May.", key="daily")
    add_series(key="plans", title=f"{MARK} plans", sources=[plan], by=by, at=make.TODAY)
    add_series(key="news", title="News", sources=[plan, news], by=by, at=make.TODAY)
    quiet = Tie(make.excerpt("It was quiet in May", of=news))
    excerpt = make.excerpt("All of it may be read", of=plan)
    return Desk(
        source=plan,
        excerpt=excerpt,
        waiting=make.submitted(subject=pact.key, evidence=[Tie(excerpt)]),
        published=make.published(statement="It was quiet.", evidence=[quiet]),
    )


def bodies(client: Client, desk: Desk) -> Iterator[tuple[str, int, str]]:
    """The answers of each address, without the words that were asked for."""
    for address in desk.addresses:
        answer = client.get(address)
        told = answer.content.decode().replace("quillfeather", "")
        yield address, answer.status_code, told


def telling(client: Client, desk: Desk) -> list[str]:
    """The addresses that tell something of the source."""
    return [
        address
        for address, _status, told in bodies(client, desk)
        if MARK in told or '"plan"' in told or "/plan/" in told.replace(urlsplit(address).path, "")
    ]


@pytest.fixture(params=["nobody", "visitor"])
def outside(request: pytest.FixtureRequest) -> Client:
    """The browser of the public: of nobody, or of an account without a place at the desk."""
    client = Client()
    if request.param == "visitor":
        client.force_login(make.person(is_staff=False))
    return client


@pytest.fixture
def staff_client() -> Client:
    client = Client()
    client.force_login(make.person(Role.EDITOR))
    return client


def test_no_door_tells_the_public_of_a_source_with_only_a_draft_on_it(
    desk: Desk, outside: Client, staff_client: Client
) -> None:
    assert telling(outside, desk) == []
    assert len(telling(staff_client, desk)) > 15


@pytest.mark.parametrize(
    "address",
    [
        *("/api/v1/sources/KEY/", "/sources/KEY/", "/sources/KEY/compare/", "/sources/KEY/quote/"),
        *("/api/v1/captures/?source=KEY", "/api/v1/excerpts/?source=KEY"),
        *("/api/v1/claims/?source=KEY", "/api/v1/bibliography/?q=KEY"),
    ],
)
def test_a_source_that_is_not_public_is_answered_like_none(
    desk: Desk, outside: Client, address: str
) -> None:
    for ask in (outside.get, outside.post):
        told = [ask(address.replace("KEY", key)) for key in ("plan", "nemo")]
        assert told[0].status_code == told[1].status_code
        bodies = [answer.content.decode() for answer in told]
        assert bodies[0].replace("plan", "KEY") == bodies[1].replace("nemo", "KEY")


def test_the_public_reads_the_source_while_something_published_rests_on_it(
    desk: Desk, outside: Client
) -> None:
    before = list(bodies(outside, desk))

    make.approved(desk.waiting)

    told = {address: words for address, _status, words in bodies(outside, desk)}
    assert "pact is signed in May" in told["/sources/plan/"]
    for path in ("sources/plan/", "captures/?source=plan", "entities/pact/", "series/plans/"):
        assert "plan" in told[f"/api/v1/{path}"]
    assert f"The {MARK} plan" in told["/series/news/"]

    take_off(
        claim=desk.waiting.claim,
        reason="A slip.",
        by=make.somebody(Role.EDITOR),
        at=timezone.now(),
    )
    after = list(bodies(outside, desk))
    lines = '<li class="ref">' + desk.waiting.ref + "</li>"
    assert lines in {address: words for address, _status, words in after}["/corrections/"]
    # That something was taken off is told there, by its reference alone.
    assert [one for one in after if one[0] != "/corrections/"] == [
        one for one in before if one[0] != "/corrections/"
    ]


def test_where_a_missing_quote_was_found_is_named_once_that_source_is_public(
    desk: Desk, outside: Client
) -> None:
    daily = desk.published.evidence.get().excerpt.source
    by = make.somebody(Role.CONTRIBUTOR)
    capture(
        source=daily, data=b"All of it may be read by all.", file_name="a.txt", by=by, at=make.TODAY
    )
    lost = make.excerpt("All of it may be read", of=daily)
    make.published(statement="It may be read.", evidence=[Tie(lost)])
    capture(source=daily, data=b"Later it was loud.", file_name="b.txt", by=by, at=timezone.now())
    work()
    lost.refresh_from_db()
    assert (lost.grade, lost.gradings.latest("pk").found_in) == (Grade.ELSEWHERE, desk.source)
    doors = (f"/api/v1/excerpts/{lost.pk}/", "/sources/daily/")

    def named() -> list[bool]:
        return [f"The {MARK} plan" in outside.get(door).content.decode() for door in doors]

    assert named() == [False, False]
    open_source(source=desk.source, by=make.somebody(Role.EDITOR), at=make.TODAY)
    assert named() == [True, True]


def test_an_opened_source_is_read_without_the_drafts_on_it(desk: Desk, outside: Client) -> None:
    by = make.somebody(Role.EDITOR)
    open_source(source=desk.source, by=by, at=make.TODAY)

    assert "pact is signed in May" in outside.get("/sources/plan/").content.decode()
    assert outside.get(f"/api/v1/excerpts/{desk.excerpt.pk}/").status_code == 404
    assert desk.waiting.claim.ref not in outside.get("/sources/plan/").content.decode()
    assert outside.get("/api/v1/entities/pact/").status_code == 404

    close_source(source=desk.source, by=by, at=make.TODAY)
    assert telling(outside, desk) == []


def test_what_derives_from_it_waits_as_well(desk: Desk, outside: Client) -> None:
    """A source that is not public names its origin to nobody."""
    wire = make.source(key="wire", title=f"The {MARK} wire")
    add_origin(
        source=desk.source,
        origin=wire,
        kind=OriginKind.WIRE,
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
    )

    assert outside.get("/api/v1/sources/wire/").status_code == 404
    assert outside.get("/sources/wire/").status_code == 404

    make.approved(desk.waiting)
    assert outside.get("/api/v1/sources/wire/").status_code == 200
    assert f"The {MARK} wire" in outside.get("/sources/plan/").content.decode()


def test_the_command_prints_no_source_that_is_not_public(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_bibliography")

    printed = capsys.readouterr()
    assert "daily" in printed.out
    assert MARK not in printed.out
    assert "1 source was left out" in printed.err
