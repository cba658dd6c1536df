"""The public learns nothing of what is not published, nor of a confidential source."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions.catalogue import add_topic
from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import retract, take_off
from claims.domain.content import Content
from claims.models import Version
from sources.actions.sources import add_series
from sources.models import SourceReader
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.issued import issue

LISTS = (
    "captures/?limit=100",
    "claims/?limit=100",
    "claims/?disputed=true",
    "claims/?disputed=false",
    "claims/?topic=trade",
    "claims/?entity=china",
    "claims/?property=trade-change",
    "claims/?source=survey",
    "claims/?q=trade",
    "claims/?q=moved",
    "claims/?status=submitted",
    "claims/?period=2025",
    "conflicts/",
    "editions/",
    "editions/sheet/1/",
    "factsheets/sheet/",
    "conflicts/?kind=value",
    "conflicts/?status=open",
    "excerpts/",
    "factsheets/?topic=trade&as=markdown",
    "export/claims.csv",
    "export/claims.ndjson?disputed=true",
)
OF_A_CLAIM = ("", "versions/", "conflicts/", "reviews/", "similar/")


@pytest.fixture(autouse=True)
def _issued(world: SimpleNamespace) -> None:
    """An edition of a fact sheet on all that is published."""
    issue(world.fall, world.rise, world.plain)


def answers(client: Client, world: SimpleNamespace) -> Iterator[tuple[str, int, bytes]]:
    """All that the public can ask of this world, byte by byte, but for when a sheet was made."""
    claims = [world.fall, world.rise, world.plain, world.draft, world.waiting]
    paths = [*LISTS]
    for version in claims:
        ref = version.claim.ref
        paths += [f"claims/{ref}/{what}" for what in OF_A_CLAIM]
        paths += [f"conflicts/?claim={ref}"]
    for path in paths:
        response = client.get(f"/api/v1/{path}")
        lines = response.getvalue().split(b"\n")
        yield (
            path,
            response.status_code,
            b"\n".join(line for line in lines if not line.startswith(b"Made ")),
        )


def test_a_waiting_version_beside_a_published_one_changes_no_public_answer(
    world: SimpleNamespace, public: Client
) -> None:
    before = list(answers(public, world))
    by = make.somebody(Role.CONTRIBUTOR)

    revise(
        claim=world.plain.claim,
        content=Content(
            statement="The summit was moved; trade rose by 40%.",
            subject="china",
            property="trade-change",
            value="40%",
            period="2025-01/2025-06",
        ),
        evidence=[Tie(world.kazan), Tie(make.excerpt("By our count", of=world.survey))],
        by=by,
        at=timezone.now(),
        seen=1,
        submit_it=True,
    )

    assert list(answers(public, world)) == before


def test_a_waiting_claim_on_a_disputed_question_changes_no_public_answer(
    world: SimpleNamespace, public: Client
) -> None:
    before = list(answers(public, world))

    make.submitted(
        statement="Trade was moved by 40%.",
        subject="china",
        property="trade-change",
        value="40%",
        period="2025-01/2025-06",
        evidence=[Tie(make.excerpt("By our count", of=world.survey))],
        topics=[world.topic],
        at=timezone.now(),
    )

    assert list(answers(public, world)) == before


def test_a_version_with_a_time_to_come_changes_no_public_answer(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    before = list(answers(public, world))
    now = timezone.now()
    coming = revise(
        claim=world.fall.claim,
        content=Content(statement="It was otherwise."),
        evidence=[Tie(world.kazan)],
        by=make.somebody(Role.CONTRIBUTOR),
        at=now,
        seen=1,
        submit_it=True,
    )

    make.approved(coming, at=now, publish_at=now + timedelta(days=1))

    assert list(answers(public, world)) == before
    assert staff_client.get(f"/api/v1/claims/{coming.claim.ref}/").json()["version"].endswith("/v2")


def test_no_public_answer_names_a_confidential_source_or_its_words(
    world: SimpleNamespace, public: Client
) -> None:
    make.published(
        statement="A paper says so.",
        asserted_by=("memo",),
        subject="memo",
        evidence=[Tie(world.hidden)],
        topics=[world.topic],
    )
    make.published(
        statement="It is in a paper.",
        subject="china",
        property=make.value_property("entity").key,
        value="memo",
        topics=[world.topic],
    )
    told = b"".join(body for _path, _status, body in answers(public, world))
    for path in ("sources/", "series/", "series/papers/", "entities/", "claims/?q=paper"):
        told += public.get(f"/api/v1/{path}").content

    for secret in (b"secret", b"memo", b"Memo", b"deputy", b"nine percent", b"Between us"):
        assert secret not in told
    assert b"A paper seen by the desk" in told


@pytest.mark.parametrize(
    "path",
    [
        "sources/?q=deputy",
        "sources/?series=papers&q=memo",
        "entities/?q=deputy",
    ],
)
def test_asking_for_a_confidential_row_finds_as_much_as_asking_for_none(
    world: SimpleNamespace, public: Client, path: str
) -> None:
    make.published(statement="A paper says so.", subject="memo", evidence=[Tie(world.hidden)])

    response = public.get(f"/api/v1/{path}")

    assert response.json() == {"results": [], "next": None}


@pytest.mark.parametrize(
    "path",
    [
        "claims/?source=",
        "claims/?entity=",
        "claims/?asserter=",
        "excerpts/?source=",
        "sources/?origin=",
    ],
)
def test_a_confidential_key_is_refused_byte_by_byte_as_before_it_was_there(
    world: SimpleNamespace, public: Client, path: str
) -> None:
    before = public.get(f"/api/v1/{path}hushed")
    hushed = make.source("Hush.", key="hushed", access=Access.STAFF, public_descriptor="A paper")
    make.entity("hushed", kind="document", source=hushed)
    evidence = [Tie(make.excerpt("Hush.", of=hushed))]
    make.published(subject="hushed", asserted_by=("hushed",), evidence=evidence)

    after = public.get(f"/api/v1/{path}hushed")

    assert after.status_code == 400
    assert after.json()["code"] == "unknown_key"
    assert after.content == before.content


@pytest.mark.parametrize("path", ["sources/secret/", "entities/memo/"])
def test_a_confidential_row_is_answered_like_one_that_is_not_there(
    world: SimpleNamespace, public: Client, path: str
) -> None:
    table = path.split("/")[0]

    assert (
        public.get(f"/api/v1/{path}").content == public.get(f"/api/v1/{table}/no-such-key/").content
    )


def test_a_sheet_of_a_confidential_entity_is_refused_like_one_that_is_not_there(
    world: SimpleNamespace, public: Client
) -> None:
    make.published(statement="A paper says so.", subject="memo", evidence=[Tie(world.hidden)])

    told, of_none = (
        public.get(f"/api/v1/factsheets/?entity={key}").json() for key in ("memo", "nemo")
    )

    assert told["detail"].replace("memo", "nemo") == of_none["detail"]


def test_a_series_of_confidential_sources_alone_is_not_listed(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    by = make.somebody(Role.EDITOR)
    add_series(key="leaks", title="Leaked papers", sources=[world.secret], by=by, at=make.TODAY)

    assert public.get("/api/v1/series/leaks/").status_code == 404
    assert b"Leaked papers" not in public.get("/api/v1/series/").content
    assert staff_client.get("/api/v1/series/leaks/").status_code == 200


def test_the_excerpt_of_a_confidential_source_or_of_a_draft_is_not_found(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    loose = make.excerpt("In May", of=world.report)

    for excerpt in (world.hidden, loose):
        assert public.get(f"/api/v1/excerpts/{excerpt.pk}/").status_code == 404
        assert staff_client.get(f"/api/v1/excerpts/{excerpt.pk}/").status_code == 200


def test_a_source_for_named_persons_is_known_to_these_alone(world: SimpleNamespace) -> None:
    named = make.source(
        "He told us so.", key="named", access=Access.NAMED, public_descriptor="A person we met"
    )
    claim = make.published(evidence=[Tie(make.excerpt("He told us so", of=named))])
    friend, other = make.person(Role.REVIEWER), make.person(Role.ADMINISTRATOR)
    SourceReader.objects.create(source=named, reader=friend)
    path = f"/api/v1/claims/{claim.claim.ref}/"
    seen = {}
    for person in (friend, other):
        client = Client()
        client.force_login(person)
        seen[person] = client.get(path).json()["evidence"][0]

    assert seen[friend]["quote"] == "He told us so"
    assert seen[other]["quote"] is None
    assert seen[other]["source"] is None
    assert seen[other]["descriptor"] == "A person we met"


def test_an_account_without_a_place_at_the_desk_reads_as_the_public_does(
    world: SimpleNamespace, public: Client
) -> None:
    visitor = Client()
    visitor.force_login(make.person(Role.CONTRIBUTOR, is_staff=False))

    assert list(answers(visitor, world)) == list(answers(public, world))


CATALOGUE = (
    "entities/coup/",
    "entities/plotters/",
    "entities/army/",
    "properties/planned-for/",
    "topics/hush/",
    "topics/side/",
    "topics/over-hush/",
    "topics/over-side/",
    "series/plans/",
    "series/whispers/",
)


@pytest.fixture
def planned(world: SimpleNamespace) -> Version:
    """A claim that waits, with names of its own for all that it uses."""
    by = make.somebody(Role.CONTRIBUTOR)
    plan = make.source("The coup is planned for May.", key="plan")
    add_series(key="plans", title="Plans", sources=[plan], by=by, at=make.TODAY)
    # Of what is published anyway, so that it is known without the claim.
    add_series(key="whispers", title="W", sources=[world.survey], by=by, at=make.TODAY)
    make.entity("coup", kind="event")
    make.entity("plotters", part_of=make.entity("army"))
    make.value_property("date", "planned-for")
    hush, side = (
        add_topic(name=name, parent=make.topic(f"Over {name}"), by=by, at=make.TODAY)
        for name in ("Hush", "Side")
    )
    return make.submitted(
        statement="The coup is planned for May.",
        subject="coup",
        property="planned-for",
        aspect=side.key,
        value="2025-05",
        asserted_by=("plotters",),
        topics=[hush],
        evidence=[Tie(make.excerpt("The coup is planned for May", of=plan))],
    )


def known(client: Client) -> list[str]:
    """The rows of the claim's own that the reader finds, in lists and by key."""
    found = []
    for path in CATALOGUE:
        table, key, _end = path.split("/")
        listed = [row["key"] for row in client.get(f"/api/v1/{table}/?limit=100").json()["results"]]
        answer = client.get(f"/api/v1/{path}")
        none = client.get(f"/api/v1/{table}/no-such-key/")
        assert (key in listed) is (answer.status_code == 200), path
        if key in listed:
            found.append(path)
        else:
            assert (answer.status_code, answer.content) == (404, none.content)
    return found


def test_the_public_knows_a_name_while_it_sees_something_that_uses_it(
    planned: Version, public: Client, staff_client: Client
) -> None:
    by = make.somebody(Role.EDITOR)

    assert known(public) == ["series/whispers/"]
    assert known(staff_client) == [*CATALOGUE]

    make.approved(planned)
    assert known(public) == [*CATALOGUE]

    retract(claim=planned.claim, reason="A slip.", by=by, at=timezone.now())
    assert known(public) == [*CATALOGUE]

    take_off(claim=planned.claim, reason="A slip.", by=by, at=timezone.now())
    assert known(public) == ["series/whispers/"]


def test_no_page_and_no_filter_knows_a_name_before_the_public_does(
    planned: Version, public: Client
) -> None:
    pages = ("/topics/hush/", "/topics/side/", "/topics/over-side/", "/series/plans/")

    def told() -> list[int]:
        return [public.get(page).status_code for page in pages]

    def found() -> list[int | str]:
        asked = ("sources/?series=plans", "topics/?parent=over-hush", "claims/?entity=coup")
        answers = [public.get(f"/api/v1/{path}").json() for path in asked]
        return [
            len(answer["results"]) if "results" in answer else answer["code"] for answer in answers
        ]

    assert told() == [404] * 4
    assert found() == ["unknown_key"] * 3
    # Only the claim that waits rests on it, so that it is for the desk, as the series is.
    assert public.get("/api/v1/sources/plan/").status_code == 404
    assert public.get("/sources/plan/").status_code == 404

    make.approved(planned)

    assert told() == [200] * 4
    assert found() == [1, 1, 1]
    assert [one["key"] for one in public.get("/api/v1/sources/plan/").json()["series"]] == ["plans"]


def test_what_a_confidential_document_is_part_of_is_not_known_by_it(
    world: SimpleNamespace, public: Client
) -> None:
    papers = make.source("Hush.", key="papers-1", access=Access.STAFF, public_descriptor="A paper")
    make.entity("paper", kind="document", source=papers, part_of=make.entity("dossier"))
    make.published(subject="paper")

    assert public.get("/api/v1/entities/dossier/").status_code == 404
