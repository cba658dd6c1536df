"""Readers open the gaps of a shortened quote, as far as the rights allow."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Version
from sources.actions.captures.capture import capture
from sources.actions.quotes.grading import grade_source_again
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Source
from sources.readings.doubts import MOST_TOLD
from sources.vocabulary import Access, Rights, Role
from tests import factories as make
from tests.claims.pages import world

pytestmark = pytest.mark.django_db

LONG = "word " * 200
TEXT = f"The government, {LONG}as was said, agreed. The party declined to sign the deal in May."


def published(words: str, *, text: str = TEXT, **record: Any) -> tuple[Source, Version]:
    source = make.source(text, **record)
    excerpt = make.excerpt(words, of=source)
    return source, make.published(evidence=[Tie(excerpt)])


def page(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def text(client: Client, address: str) -> str:
    return " ".join(world.read(page(client, address)).text.split())


def told(client: Client, version: Version) -> Any:
    excerpt = version.evidence.get().excerpt_id
    return client.get(f"/api/v1/excerpts/{excerpt}/").json()


def test_a_reader_opens_a_gap_and_reads_what_was_left_out(client: Client) -> None:
    source, version = published("The party … sign the deal")

    for address in (
        f"/claims/{version.claim.ref}/",
        f"/claims/{version.ref}/",
        f"/sources/{source.key}/",
    ):
        html = page(client, address)
        assert '<details class="gap"><summary>What is left out</summary>' in html
        assert "<bdi> declined to </bdi>" in html
        assert "What is left out was read and confirmed by a reviewer." in html
        assert 'class="grade unverified"' not in html


def test_no_reader_is_told_who_confirmed_or_what_they_noted(client: Client) -> None:
    _source, version = published("The government … declined to sign")

    for answer in (page(client, f"/claims/{version.claim.ref}/"), str(told(client, version))):
        assert make.somebody(Role.EDITOR).display_name not in answer
        assert "Seen." not in answer
        assert "sha256': '" not in str(told(client, version)["doubts"])


@pytest.mark.parametrize("rights", [Rights.EXCERPTS, Rights.WHOLE])
def test_of_a_long_gap_readers_are_told_what_the_rights_allow(
    client: Client, rights: Rights
) -> None:
    _source, version = published("The government, … agreed", rights=rights)

    (gap,) = told(client, version)["doubts"]

    length = len(f" {LONG}as was said, ")
    if rights == Rights.WHOLE:
        assert (len(gap["words"]), gap["not_told"]) == (length, 0)
    else:
        assert len(gap["words"]) + len(gap["words_at_end"]) <= MOST_TOLD
        assert len(gap["words"]) + len(gap["words_at_end"]) + gap["not_told"] == length
        assert gap["words_at_end"].endswith("as was said, ")
        assert f"[{gap['not_told']} characters that the rights" in page(
            client, f"/claims/{version.claim.ref}/"
        )


def test_all_gaps_of_a_quote_together_are_told_as_far_as_the_rights_allow(client: Client) -> None:
    _source, version = published(
        " ".join(f"begin{number} … end{number}" for number in range(8)),
        text=" ".join(f"begin{number} {'x ' * 50}end{number}" for number in range(8)),
    )

    gaps = told(client, version)["doubts"]

    assert len(gaps) == 8
    assert sum(len(gap["words"]) + len(gap["words_at_end"]) for gap in gaps) <= MOST_TOLD


def test_nothing_is_told_of_the_gaps_of_a_confidential_source(client: Client) -> None:
    _source, version = published(
        "The party … sign the deal", access=Access.STAFF, public_descriptor="A letter"
    )

    html = page(client, f"/claims/{version.claim.ref}/")

    assert "declined" not in html
    assert "<details" not in html


def test_words_withheld_within_a_gap_are_blocks(client: Client) -> None:
    source = make.source(TEXT)
    gone = make.excerpt("declined", of=source)
    version = make.published(evidence=[Tie(make.excerpt("The party … sign the deal", of=source))])
    (asked,) = ask_to_withhold(
        targets=[gone], reason="A court.", by=make.person(Role.ADMINISTRATOR), at=make.TODAY
    )
    carry_out(request=asked, by=make.person(Role.EDITOR), at=make.TODAY)

    html = page(client, f"/claims/{version.claim.ref}/")

    assert "declined" not in html
    assert "<bdi> ████████ to </bdi>" in html
    assert told(client, version)["doubts"][0]["words"] == " ████████ to "


def test_a_gap_with_other_words_is_not_confirmed_any_more(client: Client) -> None:
    source, version = published("The party … sign the deal")
    capture(
        source=source,
        data=TEXT.replace("declined", "rushed").encode(),
        file_name="b.txt",
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
    )
    grade_source_again(source=source, at=make.TODAY)

    html = page(client, f"/claims/{version.claim.ref}/")

    assert "Not confirmed yet: a reviewer reads what is left out." in html
    assert 'class="grade unverified"' in html
    said = told(client, version)
    assert (said["is_verified"], said["doubts"][0]["is_confirmed"]) == (False, False)
