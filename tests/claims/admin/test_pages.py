"""Every page of the desk: who may see it, that its policy holds, and what it costs."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from claims.actions.conflicts.decisions import open_editorial
from claims.domain.content import Content
from claims.models import Conflict, Entity, Property
from factbase.models import User
from sources.actions.withholding.withhold import ask_to_withhold
from sources.models import Source
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import crowded
from tests.claims import worlds as say
from tests.claims.admin.dictionaries import kept as dictionaries
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|src=\"(https?:)?//", re.I
)


def conflict() -> Conflict:
    """Two claims that disagree."""
    subject, prop = make.entity(), make.number_property()
    for value in ("9%", "20%"):
        content = Content(f"It is {value}.", value=value, period="2025")
        about = replace(content, subject=subject.key, property=prop.key)
        make.submitted(about, topics=[make.topic()])
    return Conflict.objects.latest("pk")


def world() -> dict[str, int]:
    """One row of everything that has a page; by name its key."""
    found = conflict()
    version = make.published()
    excerpt = version.evidence.get().excerpt
    source: Source = excerpt.source
    (asked,) = ask_to_withhold(
        targets=[excerpt], reason="Why.", by=make.person(Role.ADMINISTRATOR), at=make.TODAY
    )
    dictionaries.save(dictionaries.a_series(), dictionaries.entry("arctic", ("Арктик*", "ru")))
    return {
        "claim": version.claim_id,
        "conflict": found.pk,
        "entity": make.entity().pk,
        "other_entity": make.entity("twin").pk,
        "publisher": make.publisher("OSW").pk,
        "other_publisher": make.publisher("Eastern Studies").pk,
        "property": make.number_property().pk,
        "topic": make.topic().pk,
        "source": source.pk,
        "excerpt": excerpt.pk,
        "request": asked.pk,
        "user": version.author_id,
    }


# Each page, and the lowest role that sees it.
PAGES = [
    ("/admin/", Role.CONTRIBUTOR),
    ("/admin/search/", Role.CONTRIBUTOR),
    ("/admin/search/?q=statement", Role.CONTRIBUTOR),
    ("/admin/claims/", Role.CONTRIBUTOR),
    ("/admin/sources/", Role.CONTRIBUTOR),
    ("/admin/claims/claim/", Role.CONTRIBUTOR),
    ("/admin/claims/claim/?status=submitted&disputed=yes&q=statement", Role.CONTRIBUTOR),
    ("/admin/claims/claim/?status=nonsense&entity=nobody", Role.CONTRIBUTOR),
    ("/admin/claims/claim/add/", Role.CONTRIBUTOR),
    ("/admin/claims/claim/{claim}/change/", Role.CONTRIBUTOR),
    ("/admin/claims/claim/{claim}/v1/", Role.CONTRIBUTOR),
    ("/admin/claims/claim/{claim}/revise/", Role.CONTRIBUTOR),
    ("/admin/claims/claim/{claim}/compare/", Role.CONTRIBUTOR),
    ("/admin/claims/conflict/", Role.CONTRIBUTOR),
    ("/admin/claims/conflict/{conflict}/change/", Role.CONTRIBUTOR),
    ("/admin/claims/conflict/open/", Role.EDITOR),
    ("/admin/claims/entity/", Role.CONTRIBUTOR),
    ("/admin/claims/entity/add/", Role.CONTRIBUTOR),
    ("/admin/claims/entity/{entity}/change/", Role.CONTRIBUTOR),
    ("/admin/claims/entity/{entity}/history/", Role.CONTRIBUTOR),
    ("/admin/claims/entity/{entity}/merge/", Role.EDITOR),
    ("/admin/claims/entity/{entity}/merge/?into=twin", Role.EDITOR),
    ("/admin/claims/property/", Role.CONTRIBUTOR),
    ("/admin/claims/property/add/", Role.CONTRIBUTOR),
    ("/admin/claims/property/{property}/change/", Role.CONTRIBUTOR),
    ("/admin/claims/property/{property}/history/", Role.CONTRIBUTOR),
    ("/admin/claims/topic/", Role.CONTRIBUTOR),
    ("/admin/claims/topic/add/", Role.CONTRIBUTOR),
    ("/admin/claims/topic/{topic}/change/", Role.CONTRIBUTOR),
    ("/admin/claims/topic/{topic}/history/", Role.CONTRIBUTOR),
    ("/admin/claims/flag/", Role.CONTRIBUTOR),
    ("/admin/claims/dictionaryversion/", Role.CONTRIBUTOR),
    ("/admin/claims/series/quad/dictionary/", Role.CONTRIBUTOR),
    ("/admin/claims/series/quad/dictionary/?version=1", Role.CONTRIBUTOR),
    ("/admin/claims/series/quad/dictionary/1/", Role.CONTRIBUTOR),
    ("/admin/claims/series/quad/dictionary/versions/", Role.CONTRIBUTOR),
    ("/admin/claims/factsheet/", Role.CONTRIBUTOR),
    ("/admin/claims/factsheet/add/", Role.CONTRIBUTOR),
    ("/admin/claims/factsheet/spot/", Role.CONTRIBUTOR),
    ("/admin/claims/factsheet/?claims=C{claim}&style=apa&as=page", Role.CONTRIBUTOR),
    ("/admin/claims/factsheet/?claims=C0&style=nonsense&as=page", Role.CONTRIBUTOR),
    ("/admin/sources/source/", Role.CONTRIBUTOR),
    ("/admin/sources/source/?q=report", Role.CONTRIBUTOR),
    ("/admin/sources/source/add/", Role.CONTRIBUTOR),
    ("/admin/sources/source/{source}/change/", Role.CONTRIBUTOR),
    ("/admin/sources/source/{source}/record/", Role.CONTRIBUTOR),
    ("/admin/sources/source/{source}/text/", Role.CONTRIBUTOR),
    ("/admin/sources/source/{source}/standing/", Role.CONTRIBUTOR),
    ("/admin/sources/source/{source}/history/?on=2025-06-01", Role.CONTRIBUTOR),
    ("/admin/sources/withholdingrequest/", Role.EDITOR),
    ("/admin/sources/withholdingrequest/{request}/change/", Role.EDITOR),
    ("/admin/sources/withholdingrequest/ask/sources_excerpt/{excerpt}/", Role.ADMINISTRATOR),
    ("/admin/sources/excerpt/", Role.CONTRIBUTOR),
    ("/admin/sources/excerpt/{excerpt}/change/", Role.CONTRIBUTOR),
    ("/admin/sources/series/", Role.CONTRIBUTOR),
    ("/admin/sources/series/add/", Role.CONTRIBUTOR),
    ("/admin/sources/publisher/", Role.CONTRIBUTOR),
    ("/admin/sources/publisher/{publisher}/change/", Role.CONTRIBUTOR),
    ("/admin/sources/publisher/{publisher}/judge/", Role.EDITOR),
    ("/admin/sources/publisher/{publisher}/record/", Role.EDITOR),
    ("/admin/sources/publisher/{other_publisher}/merge/", Role.EDITOR),
    ("/admin/sources/publisher/{other_publisher}/merge/?into=OSW", Role.EDITOR),
    ("/admin/factbase/user/", Role.ADMINISTRATOR),
    ("/admin/factbase/user/add/", Role.ADMINISTRATOR),
    ("/admin/factbase/user/{user}/change/", Role.ADMINISTRATOR),
    ("/admin/factbase/user/{user}/history/", Role.ADMINISTRATOR),
    ("/admin/password_change/", Role.CONTRIBUTOR),
    ("/admin/sources/jobfailure/", Role.CONTRIBUTOR),
]


def test_each_role_sees_its_pages_and_no_others() -> None:
    keys = world()
    desks = {role: staff_client(make.person(role)) for role in Role}

    for page, lowest in PAGES:
        address = page.format(**keys)
        for role, client in desks.items():
            expected = 200 if role.includes(lowest) else 403
            assert client.get(address).status_code == expected, (address, role)
        assert Client().get(address).status_code == 302, address


def test_no_page_holds_an_inline_script_or_style() -> None:
    keys = world()
    client = staff_client(make.person(Role.ADMINISTRATOR))

    for page, _lowest in PAGES:
        answer = client.get(page.format(**keys))
        found = INLINE.findall(answer.content.decode())
        assert not found, (page, found)
        assert "'unsafe" not in answer["Content-Security-Policy"]


def test_every_field_of_every_page_has_a_label() -> None:
    keys = world()
    client = staff_client(make.person(Role.ADMINISTRATOR))

    for page, _lowest in PAGES:
        text = client.get(page.format(**keys)).content.decode()
        text = re.sub(r'<label>[^<]*<select name="action"', "", text)  # Django's own, labelled
        labelled = set(re.findall(r'<label[^>]*\sfor="([^"]+)"', text))
        for field in re.findall(r"<(?:input|select|textarea)\b[^>]*>", text):
            if re.search(r'type="(hidden|submit)"', field) or "aria-label" in field:
                continue
            name = re.search(r'\sid="([^"]+)"', field)
            assert name is not None, (page, field)
            assert name[1] in labelled, (page, field)


@pytest.mark.parametrize(
    "gone", ["{claim}/delete/", "{claim}/history/", "0/change/", "99999999/change/", "x/change/"]
)
def test_django_s_own_ways_of_writing_lead_nowhere(gone: str) -> None:
    address = "/admin/claims/claim/" + gone.format(**world())
    client = staff_client(make.person(Role.ADMINISTRATOR))

    assert client.get(address, follow=True).status_code in (403, 404)
    assert client.post(address, {"post": "yes"}, follow=True).status_code in (403, 404)


def test_no_registered_table_can_be_deleted_from_or_edited_in_bulk() -> None:
    person = make.person(Role.ADMINISTRATOR)
    request = type("Request", (), {"user": person, "GET": {}})()

    for model, shown in admin.site._registry.items():
        assert not shown.has_delete_permission(request), model
        if model._meta.app_label not in ("claims", "sources", "factbase"):
            assert not shown.has_view_permission(request), model
            continue
        assert not shown.list_editable, model
        assert not shown.inlines, model
        names = {getattr(action, "__name__", str(action)) for action in shown.actions or ()}
        assert all(name.startswith("export") for name in names), (model, names)


def test_the_list_puts_what_waits_for_review_first() -> None:
    waiting = make.submitted(statement="It waits.")
    make.published(statement="It is there.", at=make.TODAY)

    rows = staff_client(make.person()).get("/admin/claims/claim/").context["rows"]

    assert rows[0].version == waiting
    assert [row.badge.words for row in rows] == ["Submitted", "Published"]


def test_the_list_shows_a_dispute_and_filters_by_it() -> None:
    conflict()
    calm = make.submitted()
    client = staff_client(make.person())

    all_rows = client.get("/admin/claims/claim/").context["rows"]
    disputed = client.get("/admin/claims/claim/?disputed=yes").context["rows"]

    assert [row.told.is_disputed for row in all_rows].count(True) == 2
    assert calm not in [row.version for row in disputed]
    assert len(disputed) == 2


def test_a_conflict_shows_its_positions_side_by_side() -> None:
    found = conflict()

    page = staff_client(make.person()).get(f"/admin/claims/conflict/{found.pk}/change/")

    assert [side.heading for side in page.context["sides"]] == [
        "8.5 to under 9.5 percent (2025)",
        "19.5 to under 20.5 percent (2025)",
    ]


def test_the_queue_of_conflicts_narrows_down_to_a_topic_an_entity_or_words() -> None:
    one, other = conflict(), conflict()
    party = one.members.order_by("pk")[0].claim.versions.get()
    topic = party.claim.topics.get()
    client = staff_client(make.person())

    found = {
        asked: {row[0] for row in client.get(f"/admin/claims/conflict/?{asked}").context["rows"]}
        for asked in (
            "",
            f"topic={topic.key}",
            f"entity={party.subject.key}",
            f"topic={topic.key}&strength=tension",
            "q=it",
            "q=nothing",
            "q=it&status=resolved",
        )
    }

    assert list(found.values()) == [{one, other}, {one}, {one}, set(), {one, other}, set(), set()]


def test_the_queue_names_no_entity_that_its_reader_may_not_know() -> None:
    conflict()
    source = make.source(access="named", public_descriptor="A memo")
    hidden = make.entity("memo", kind="document", source=source)

    refused = staff_client(make.person()).get(f"/admin/claims/conflict/?entity={hidden.key}")

    assert "entity" in refused.context["form"].errors
    assert refused.context["rows"] == []


def test_a_conflict_lists_what_is_on_another_basis() -> None:
    say.world()
    parties = [say.says("100", basis="gross"), say.says("75", basis="gross")]
    apart = say.says("50", basis="net")
    found = say.only()

    page = staff_client(make.person()).get(f"/admin/claims/conflict/{found.pk}/change/")

    assert [other.id for other, _words in page.context["other_bases"]] == [apart.pk]
    assert say.parties(found) == say.claims_of(*parties)


def test_the_sides_of_a_conflict_ask_as_often_for_many_as_for_few() -> None:
    say.world()
    client = staff_client(make.person())
    say.says("1")
    say.says("2")
    address = f"/admin/claims/conflict/{say.only().pk}/change/"
    few = queries(client, address)

    for value in "3456":
        say.says(value)

    assert len(client.get(address).context["sides"]) == 6
    assert queries(client, address) == few


def test_an_editor_opens_a_conflict_between_chosen_claims() -> None:
    one, other = make.submitted(), make.submitted()
    client = staff_client(make.person(Role.EDITOR))
    refs = [one.claim.ref, other.claim.ref]

    begun = client.post("/admin/claims/conflict/open/", {"claim": refs, "begin": "1"})
    client.post(
        "/admin/claims/conflict/open/", {"claims": "\n".join(refs), "question": "Which holds?"}
    )

    assert "\n".join(refs) in begun.content.decode()
    assert Conflict.objects.get().question == "Which holds?"


def test_a_conflict_of_one_claim_is_refused_in_the_words_of_the_rule() -> None:
    version = make.submitted()

    page = staff_client(make.person(Role.EDITOR)).post(
        "/admin/claims/conflict/open/", {"claims": version.claim.ref, "question": "Which holds?"}
    )

    assert "between two claims at least" in page.content.decode()
    assert not Conflict.objects.exists()


def test_an_editor_decides_on_a_conflict_as_it_was_read() -> None:
    found = conflict()
    address = f"/admin/claims/conflict/{found.pk}/"
    client = staff_client(make.person(Role.EDITOR))
    seen = client.get(address + "change/").context["form"]["seen"].value()
    sent = {"status": "irreducible", "seen": seen}

    silent = client.post(address + "decide/", sent)
    stale = client.post(address + "decide/", {**sent, "note": "Why.", "seen": "1"})
    client.post(address + "decide/", {**sent, "note": "Nothing decides between them."})

    found.refresh_from_db()
    assert "note" in silent.context["form"].errors
    assert "changed since you read it" in stale.content.decode()
    assert (found.status, found.decisions.count()) == ("irreducible", 1)


def test_a_reviewer_is_shown_no_decision_on_a_conflict_and_a_forged_one_is_forbidden() -> None:
    address = f"/admin/claims/conflict/{conflict().pk}/"
    client = staff_client(make.person(Role.REVIEWER))

    assert client.get(address + "change/").context["form"] is None
    forged = client.post(address + "decide/", {"status": "confirmed", "seen": "1"})
    assert forged.status_code == 403


def editorial() -> Conflict:
    claims = [make.submitted().claim, make.submitted().claim]
    return open_editorial(
        claims=claims, question="Which?", by=make.somebody(Role.EDITOR), at=make.TODAY
    )


def test_an_editor_closes_an_editorial_conflict_with_a_note() -> None:
    found, eva = editorial(), make.person(Role.EDITOR, name="eva")
    address = f"/admin/claims/conflict/{found.pk}/"
    client = staff_client(eva)
    shown = client.get(address + "change/").content.decode()

    silent = client.post(address + "lapse/", {"lapse-note": " "})
    closed = client.post(address + "lapse/", {"lapse-note": "Asked twice."}, follow=True)
    late = client.post(address + "lapse/", {"lapse-note": "Again."})

    found.refresh_from_db()
    assert f'action="{address}lapse/"' in shown
    assert "note" in silent.context["lapse_form"].errors
    assert "note" not in silent.context["form"].errors
    assert found.status == "lapsed"
    page = re.sub(r"<[^>]+>", "", closed.content.decode())
    assert f"{found.ref} is closed." in page
    assert "closed by hand, Eva: Asked twice." in page
    assert closed.context["lapse_form"] is None
    assert "there is nothing to decide any more" in late.content.decode()


def test_only_editorial_conflicts_and_only_editors_have_the_button_to_close_one() -> None:
    compared, asked = conflict(), editorial()
    editor, reviewer = (
        staff_client(make.person(Role.EDITOR)),
        staff_client(make.person(Role.REVIEWER)),
    )

    refused = editor.post(f"/admin/claims/conflict/{compared.pk}/lapse/", {"lapse-note": "Why."})
    forged = reviewer.post(f"/admin/claims/conflict/{asked.pk}/lapse/", {"lapse-note": "Why."})

    pages = [
        client.get(f"/admin/claims/conflict/{one.pk}/change/").context["lapse_form"]
        for client, one in ((editor, compared), (reviewer, asked), (editor, asked))
    ]
    assert [form is not None for form in pages] == [False, False, True]
    assert "was found by comparing values" in refused.content.decode()
    assert forged.status_code == 403
    assert {one.status for one in Conflict.objects.all()} == {"open"}


def test_no_link_and_no_forged_form_closes_a_conflict() -> None:
    found = editorial()
    address = f"/admin/claims/conflict/{found.pk}/lapse/"
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.person(Role.EDITOR))

    followed = client.get(address)
    forged = client.post(address, {"lapse-note": "Why."})

    found.refresh_from_db()
    assert (followed.status_code, forged.status_code, found.status) == (302, 403, "open")


@pytest.mark.parametrize(
    ("address", "add"),
    [
        ("/admin/claims/claim/", conflict),
        ("/admin/claims/conflict/", editorial),
        ("/admin/claims/entity/", make.entity),
        ("/admin/claims/topic/", make.topic),
        ("/admin/sources/source/", make.source),
        ("/admin/sources/excerpt/", make.excerpt),
    ],
)
def test_a_list_asks_as_often_for_many_rows_as_for_few(
    address: str, add: Callable[[], object]
) -> None:
    client = staff_client(make.person(Role.EDITOR))
    add()
    few = queries(client, address)

    for _row in range(4):
        add()

    assert queries(client, address) == few


def test_no_page_asks_more_often_for_more_that_was_decided_withheld_or_retracted() -> None:
    client = staff_client(make.person(Role.EDITOR))
    topic = make.topic()
    one = crowded.add_row(topic)
    crowded.add_row(topic)  # like the first, which is told beside it
    conflicts = Conflict.objects.order_by("pk")
    addresses = [
        "/admin/",
        *[f"/admin/claims/{name}/" for name in ("claim", "conflict", "entity", "flag", "topic")],
        *[f"/admin/sources/{name}/" for name in ("source", "excerpt", "capture")],
        f"/admin/claims/claim/{one.claim_id}/change/",
        *[f"/admin/claims/conflict/{found.pk}/change/" for found in conflicts],
    ]
    few = {address: queries(client, address) for address in addresses}

    for _row in range(2):
        crowded.add_row(topic)

    assert {address: queries(client, address) for address in addresses} == few


def test_a_page_of_many_withheld_quotes_and_files_asks_as_often_as_one_of_few() -> None:
    client = staff_client(make.person(Role.EDITOR))
    numbers = ("One stands", "Two stand", "Three stand", "Four stand")
    source = make.source("".join(f"{number} here. " for number in numbers))
    quotes = [make.excerpt(f"{number} here", of=source) for number in numbers]
    version = make.published(evidence=[Tie(quote) for quote in quotes])
    addresses = [
        f"/admin/sources/source/{source.pk}/change/",
        f"/admin/claims/claim/{version.claim_id}/change/",
    ]
    crowded.withhold(quotes[0])
    few = {address: queries(client, address) for address in addresses}

    # One stays, or the page need not ask where quotes stand in their text.
    crowded.withhold(*quotes[1:-1])

    assert {address: queries(client, address) for address in addresses} == few


def queries(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_fact_sheet_is_shown_and_taken_along() -> None:
    version = make.published(statement="Trade fell.")
    client = staff_client(make.person())
    query = f"?claims={version.claim.ref}&style=ieee&as="

    page = client.get("/admin/claims/factsheet/" + query + "page").content.decode()
    html = client.get("/admin/claims/factsheet/" + query + "html")
    markdown = client.get("/admin/claims/factsheet/" + query + "markdown")

    assert "Trade fell." in page
    assert "attachment" in html["Content-Disposition"]
    assert markdown["Content-Type"].startswith("text/markdown")
    assert "Trade fell." in markdown.content.decode()


def test_an_unknown_style_is_refused_with_the_nearest_names() -> None:
    page = staff_client(make.person()).get("/admin/claims/factsheet/?claims=C1&style=apaa&as=html")

    assert "apa" in str(page.context["form"].errors["style"])


def test_an_entity_is_entered_and_revised_through_its_actions() -> None:
    client = staff_client(make.person())
    client.post("/admin/claims/entity/add/", {"label": "Power of Siberia 2", "kind": "project"})
    entity = Entity.objects.get(key="power-of-siberia-2")

    client.post(
        f"/admin/claims/entity/{entity.pk}/change/",
        {"label": "Power of Siberia 2", "kind": "project", "aliases": "Сила Сибири-2\nPoS-2"},
    )
    again = {"label": "Power of Siberia 2", "kind": "place"}
    taken = client.post("/admin/claims/entity/add/", again)

    entity.refresh_from_db()
    assert entity.aliases == ["Сила Сибири-2", "PoS-2"]
    assert "already" in taken.content.decode()


def test_a_contributor_may_not_revise_a_property() -> None:
    prop = make.number_property()

    page = staff_client(make.person()).post(
        f"/admin/claims/property/{prop.pk}/change/",
        {"label": "New", "value_kind": "quantity", "unit": "percent", "time": "state"},
    )

    prop.refresh_from_db()
    assert page.status_code == 403
    assert prop.label != "New"


def test_a_property_is_read_by_contributors_and_changed_by_editors() -> None:
    prop = make.number_property()
    address = f"/admin/claims/property/{prop.pk}/change/"
    typed = {"label": "New", "value_kind": "quantity", "unit": "percent", "time": "state"}

    read = staff_client(make.person()).get(address).content.decode()
    staff_client(make.person(Role.EDITOR)).post(address, typed)
    staff_client(make.person()).post("/admin/claims/property/add/", {**typed, "label": "Another"})

    prop.refresh_from_db()
    assert prop.key in read
    assert 'name="label"' not in read
    assert prop.label == "New"
    assert Property.objects.filter(label="Another").exists()


def test_a_property_of_dates_says_whether_a_date_is_all_of_its_days() -> None:
    add = "/admin/claims/property/add/"
    visit = {"label": "Visit", "value_kind": "date", "time": "state", "date_extent": "whole"}

    staff_client(make.person()).post(add, visit)
    refused = staff_client(make.person()).post(add, {**visit, "value_kind": "truth", "label": "X"})
    made = Property.objects.get()
    page = staff_client(make.person(Role.EDITOR)).get(f"/admin/claims/property/{made.pk}/change/")

    assert (made.label, made.date_extent) == ("Visit", "whole")
    assert "Only the values of dates are all of their days" in refused.content.decode()
    assert '<option value="whole" selected>' in page.content.decode()


def test_suggestions_name_keys_and_labels() -> None:
    make.entity("china", label="China")
    person: User = make.person()

    answer = staff_client(person).get("/admin/claims/entity/suggest/?q=chin").json()

    assert answer == {"results": [{"key": "china", "label": "China"}]}
