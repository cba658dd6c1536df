"""Standing and origins of a source through the pages of the desk."""

from typing import Any

import pytest
from django.test import Client

from sources.actions.origins import add_origin
from sources.models import Source, SourceOrigin
from sources.vocabulary import Access, OriginKind, Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db


def staff_client(role: Role = Role.EDITOR) -> Client:
    client = Client()
    client.force_login(make.person(role))
    return client


def page_of(source: Source) -> str:
    return f"/admin/sources/source/{source.pk}/standing/"


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "standing": "corrected",
        "on": "2025-05-01",
        "reason": "The table was wrong.",
        "passages": "",
        **fields,
    }


def tied(source: Source, origin: Source, kind: OriginKind = OriginKind.WIRE) -> SourceOrigin:
    by = make.somebody(Role.CONTRIBUTOR)
    return add_origin(source=source, origin=origin, kind=kind, by=by, at=make.TODAY)


def test_a_correction_with_its_passages_is_kept() -> None:
    source, client = make.source("Trade fell. Exports rose."), staff_client()

    client.post(page_of(source), typed(passages="Trade fell.\r\n\r\nExports rose.\r\n"))

    source.refresh_from_db()
    assert source.standing == Standing.CORRECTED
    assert source.standing_passages == ["Trade fell.", "Exports rose."]


def test_the_page_keeps_every_standing_with_who_and_why() -> None:
    source, client = make.source(), staff_client()
    client.post(page_of(source), typed(standing="retracted", reason="A mistake."))
    client.post(page_of(source), typed(standing="current", reason="It was another report."))

    page = client.get(page_of(source))

    said = [(then.standing, then.reason) for then in page.context["standings"]]
    assert said == [("Current", "It was another report."), ("Retracted", "A mistake.")]
    assert all(then.recorded_by for then in page.context["standings"])
    assert "A mistake." in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", ""),
        ("reason", "\u200b"),
        ("on", "2999-01-01"),
        ("on", "soon"),
        ("standing", "wrong"),
        ("passages", "\u200b"),
    ],
)
def test_a_refusal_stands_at_its_field(field: str, value: str) -> None:
    source = make.source()

    page = staff_client().post(page_of(source), typed(**{field: value}))

    assert field in page.context["form"].errors
    source.refresh_from_db()
    assert source.standing == Standing.CURRENT


@pytest.mark.parametrize("role", list(Role))
def test_it_takes_an_editor_and_all_see_it(role: Role) -> None:
    source, client = make.source(), staff_client(role)

    assert client.get(page_of(source)).status_code == 200
    answer = client.post(page_of(source), typed())

    assert answer.status_code == (302 if role.includes(Role.EDITOR) else 403)
    source.refresh_from_db()
    assert (source.standing == Standing.CORRECTED) == role.includes(Role.EDITOR)


def test_chains_of_origins_lead_to_where_the_words_come_from() -> None:
    wire, paper, digest, other = (make.source(key=key) for key in ("a", "b", "c", "d"))
    tied(paper, wire)
    tied(digest, paper, OriginKind.DIGEST)
    tied(digest, other, OriginKind.REPRINT)

    page = staff_client().get(page_of(digest))

    assert page.context["chains"] == [
        [("Digest", "Report b"), ("Wire copy", "Report a")],
        [("Reprint", "Report d")],
    ]
    assert "Report b</bdi> → " in page.content.decode()


def test_a_source_that_one_may_not_know_stands_in_chains_by_its_descriptor() -> None:
    secret = make.source(key="secret", access=Access.NAMED, public_descriptor="a memo")
    paper = make.source()
    tied(paper, secret)

    page = staff_client().get(page_of(paper))

    assert page.context["chains"] == [[("Wire copy", "a memo")]]
    assert "Report secret" not in page.content.decode()


def test_a_wrong_origin_is_taken_back_with_a_reason() -> None:
    paper, wire = make.source(), make.source()
    tied(paper, wire)
    client = staff_client(Role.CONTRIBUTOR)
    address = f"/admin/sources/source/{paper.pk}/origin/remove/"

    refused = client.post(address, {"origin": wire.pk, "reason": ""})
    assert SourceOrigin.objects.exists()
    client.post(address, {"origin": wire.pk, "reason": "It came first."})

    assert "reason" in refused.context["refused"].errors
    assert not SourceOrigin.objects.exists()
    history = client.get(page_of(paper)).context["history"]
    assert [(then.what, then.reason) for then in history] == [
        ("Taken back", "It came first."),
        ("Noted", ""),
    ]


def test_the_history_keeps_how_one_knows_of_an_origin() -> None:
    paper, wire = make.source(), make.source()
    client = staff_client(Role.CONTRIBUTOR)

    client.post(
        f"/admin/sources/source/{paper.pk}/origin/",
        {"kind": "wire", "origin": wire.key, "reason": "It names the agency."},
    )

    (then,) = client.get(page_of(paper)).context["history"]
    assert (then.what, then.kind, then.reason) == ("Noted", "Wire copy", "It names the agency.")


def test_an_origin_that_is_not_noted_is_no_choice() -> None:
    paper, wire = make.source(), make.source()
    address = f"/admin/sources/source/{paper.pk}/origin/remove/"

    page = staff_client().post(address, {"origin": wire.pk, "reason": "Wrong."})

    assert "origin" in page.context["refused"].errors


def test_the_page_of_a_source_leads_there() -> None:
    source = make.source()

    page = staff_client().get(f"/admin/sources/source/{source.pk}/change/")

    assert page_of(source) in page.content.decode()


def test_the_page_of_a_source_names_no_origin_that_one_may_not_know() -> None:
    source = make.source()
    secret = make.source(title="Namedlock", access=Access.NAMED, public_descriptor="a memo we saw")
    by = make.somebody(Role.CONTRIBUTOR)
    add_origin(source=source, origin=secret, kind=OriginKind.DIGEST, by=by, at=make.TODAY)
    client = Client()
    client.force_login(make.person(Role.ADMINISTRATOR))

    page = client.get(f"/admin/sources/source/{source.pk}/change/").content.decode()

    assert "Namedlock" not in page
    assert "a memo we saw" in page


def test_who_said_a_standing_comes_back_to_its_page() -> None:
    answer = staff_client().post(page_of(make.source()), typed(), follow=True)

    assert answer.status_code == 200
    assert "The standing is kept" in answer.content.decode()
