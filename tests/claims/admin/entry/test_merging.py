"""Two people who change one claim at once."""

import pytest

from claims.actions.claims.entry import Tie
from sources.models import SourceReader
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import staff_client, typed

pytestmark = pytest.mark.django_db


def test_who_saves_later_gets_the_difference_and_a_form_with_the_changes_of_both() -> None:
    topic = make.topic("Trade")
    version = make.submitted(statement="Trade fell.", evidence=[])
    address = f"/admin/claims/claim/{version.claim_id}/revise/"
    first, second = staff_client(make.person()), staff_client(make.person())
    by_minister = typed(
        statement="Trade fell by 8%.", asserted_on="May 2025", seen=1, topics=topic.key, draft="1"
    )
    first.post(address, by_minister)

    page = second.post(
        address, typed(statement="Trade fell by 7%.", change_note="A slip.", seen=1, draft="1")
    )

    assert page.status_code == 409
    assert version.claim.versions.count() == 2
    told = {
        one.name: (one.before, one.after, one.is_taken) for one in page.context["stale"].changes
    }
    assert told == {
        "Statement": ("Trade fell.", "Trade fell by 8%.", False),
        "Asserted on": ("", "May 2025", True),
    }
    form = page.context["form"]
    assert form["statement"].value() == "Trade fell by 7%."
    assert form["asserted_on"].value() == "May 2025"
    assert form["change_note"].value() == "A slip."
    assert 'name="seen" value="2"' in page.content.decode()

    merged = {"statement": "Trade fell by 7%.", "asserted_on": "May 2025", "topics": topic.key}
    second.post(address, typed(**merged, seen=2, draft="1"))
    third = version.claim.versions.get(number=3)
    assert (third.statement, third.asserted_on) == ("Trade fell by 7%.", "May 2025")
    assert list(version.claim.topics.all()) == [topic]


def test_quotes_that_both_added_are_both_there() -> None:
    source = make.source("Trade fell by 9%. It rose before. It will rise.")
    here, theirs, mine = (
        make.excerpt(words, of=source) for words in ("fell by 9%", "It rose", "will rise")
    )
    version = make.submitted(statement="Trade fell.", evidence=[Tie(here)])
    address = f"/admin/claims/claim/{version.claim_id}/revise/"
    ours = {"statement": "Trade fell.", "seen": 1, "draft": "1"}
    staff_client(make.person()).post(
        address, typed({"excerpt": here.pk}, {"excerpt": theirs.pk}, **ours)
    )

    page = staff_client(make.person()).post(
        address, typed({"excerpt": here.pk}, {"excerpt": mine.pk}, **ours)
    )

    numbers = [row.number for row in page.context["rows"].forms if row.number]
    assert numbers == [str(here.pk), str(mine.pk), str(theirs.pk)]


def test_quotes_that_only_the_other_changed_are_as_they_left_them() -> None:
    source = make.source("Trade fell by 9%. It rose before.")
    here, theirs = (make.excerpt(words, of=source) for words in ("fell by 9%", "It rose"))
    version = make.submitted(statement="Trade fell.", evidence=[Tie(here)])
    address = f"/admin/claims/claim/{version.claim_id}/revise/"
    theirs_alone = typed({"excerpt": theirs.pk}, statement="Trade fell.", seen=1, draft="1")
    staff_client(make.person()).post(address, theirs_alone)

    page = staff_client(make.person()).post(
        address, typed({"excerpt": here.pk}, statement="Trade shrank.", seen=1, draft="1")
    )

    assert [row.number for row in page.context["rows"].forms if row.number] == [str(theirs.pk)]
    assert [change.is_taken for change in page.context["stale"].changes] == [True]
    assert page.context["form"]["statement"].value() == "Trade shrank."


def test_the_difference_has_no_words_of_a_source_that_the_second_may_not_read() -> None:
    hidden = make.source(
        "He told us so.", key="memo", access="named", public_descriptor="an official"
    )
    named = make.person(Role.EDITOR)
    SourceReader.objects.create(source=hidden, reader=named)
    version = make.submitted(statement="They said so.", evidence=[])
    address = f"/admin/claims/claim/{version.claim_id}/revise/"
    row = {"source": hidden.key, "words": "He told us so"}
    ours = {"statement": "They said so.", "seen": 1, "draft": "1"}
    staff_client(named).post(address, typed(row, **ours))

    page = staff_client(make.person()).post(address, typed(**{**ours, "statement": "They did."}))

    text = page.content.decode()
    assert page.status_code == 409
    assert "an official" in text
    assert "He told us so" not in text
    assert "memo" not in text
