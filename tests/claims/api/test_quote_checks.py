"""A quote check says where words stand, never more than is so, and of nothing one may not read."""

import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.throttling import ScopedRateThrottle

from claims.actions.claims.entry import Tie
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt, Source
from sources.vocabulary import Access, Rights, Role
from tests import factories as make

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/quotes/check/"
PAGE = "/quotes/check/"
SPEECH = (
    "We did not agree on a price. Trade fell by 9.1% in May, to −4 points. "
    "The pipe will be built in 2030 – or later. It rained. It rained in Kazan."
)


@pytest.fixture
def base() -> SimpleNamespace:
    """open     a speech whose whole text is public
    quoted      a paper of which one quote is public
    secret      a confidential memo; unseen: an open text on which nothing public rests
    """
    speech = make.source(SPEECH, key="speech", title="The speech")
    paper = make.source(
        "Prices rose by 3% in June. Nobody expected a second pipe.", key="paper", title="The paper"
    )
    secret = make.source(
        "Between us, it fell by nine percent.",
        key="secret",
        title="Memo of the deputy minister",
        access=Access.STAFF,
        public_descriptor="A paper seen by the desk",
    )
    unseen = make.source("The unseen text names a figure of 42.", key="unseen")
    Source.objects.filter(pk__in=[speech.pk, unseen.pk]).update(rights=Rights.WHOLE)
    quotes = [
        Tie(make.excerpt("Trade fell by 9.1% in May", of=speech)),
        Tie(make.excerpt("Prices rose by 3% in June", of=paper)),
        Tie(make.excerpt("it fell by nine percent", of=secret), stance="context"),
    ]
    make.published(statement="Trade fell and prices rose.", evidence=quotes)
    return SimpleNamespace(speech=speech, paper=paper, secret=secret, unseen=unseen)


def check(text: str, source: str = "", *, by: Client | None = None) -> Any:
    asked = {"text": text, "source": source} if source else {"text": text}
    response = (by or Client()).get(ADDRESS, asked)
    assert response.status_code == 200, response.content
    return response.json()


def desk() -> Client:
    client = Client()
    client.force_login(make.person(Role.EDITOR))
    return client


def codes(told: Any) -> set[str]:
    return {one["code"] for one in told["blind_spots"]}


def test_the_very_words_are_verbatim_with_their_place(base: SimpleNamespace) -> None:
    told = check("did not agree on a price", "speech")

    assert (told["grade"], told["is_verbatim"]) == ("exact", True)
    assert told["verdict"] == "“The speech” has these words, character for character."
    place = told["here"]
    assert SPEECH[place["start"] : place["end"]] == place["words"] == "did not agree on a price"
    assert told["elsewhere"] is None
    assert codes(told) == {"others-not-searched"}
    assert Client().get(place["page_url"].removeprefix("http://testserver")).status_code == 200


def test_white_space_and_dashes_are_passed_over_and_named(base: SimpleNamespace) -> None:
    told = check("built in 2030 —  or later", "speech")

    assert (told["grade"], told["is_verbatim"]) == ("folded", True)
    assert told["here"]["notes"] == ["Written otherwise: dashes, white space."]


def test_a_minus_is_a_minus_however_it_is_typed(base: SimpleNamespace) -> None:
    assert check("in May, to -4 points", "speech")["grade"] == "folded"


@pytest.mark.parametrize(
    "changed",
    [
        "We did agree on a price",
        "We did not agree on no price",
        "Trade fell by 9.2% in May",
        "Trade fell by 91% in May",
        "Trade fell by 9.1 in May",
        "Trade rose by 9.1% in May",
        "in May, to 4 points",
        "in May, to –4 points",
        "The pipe will not be built in 2030",
        "The pipe will be built in 2O30",
        "we did not agree on a price",
    ],
)
def test_one_word_digit_or_sign_is_never_better_than_drifted(
    base: SimpleNamespace, changed: str
) -> None:
    for client in (Client(), desk()):
        for source in ("speech", ""):
            told = check(changed, source, by=client)

            assert told["grade"] in ("drifted", "missing"), changed
            assert told["is_verbatim"] is False
            assert "has these words" not in told["verdict"]


def test_what_differs_is_set_side_by_side(base: SimpleNamespace) -> None:
    told = check("Trade fell by 9.2% in May", "speech")

    assert told["grade"] == "drifted"
    assert told["here"]["words"] == "Trade fell by 9.1% in May"
    assert {(one["side"], one["words"].strip()) for one in told["here"]["differences"]} >= {
        ("quote", "9.2"),
        ("text", "9.1"),
    }


def test_not_where_you_said_but_here(base: SimpleNamespace) -> None:
    told = check("did not agree on a price", "paper")

    assert (told["grade"], told["is_verbatim"]) == ("elsewhere", True)
    assert told["here"] is None
    assert told["elsewhere"]["source"]["key"] == "speech"
    assert told["verdict"].startswith("Not where you said, but elsewhere. “The speech” has")
    assert codes(told) == {"quotes-only", "others-in-part", "others-without-text"}


def test_without_a_source_the_one_that_has_the_words_is_named(base: SimpleNamespace) -> None:
    told = check("did not agree on a price")

    assert (told["grade"], told["source"]) == ("exact", None)
    assert told["elsewhere"]["source"]["key"] == "speech"


def test_words_in_several_places_say_so(base: SimpleNamespace) -> None:
    told = check("It rained", "speech")

    assert (told["grade"], told["is_verbatim"], told["here"]["times"]) == ("ambiguous", True, 2)


def test_left_out_words_are_for_a_person(base: SimpleNamespace) -> None:
    told = check("We did … agree on a price", "speech")

    assert (told["grade"], told["is_verbatim"]) == ("elided", False)
    assert any("Leaves out 1 word" in note for note in told["here"]["notes"])


def test_of_other_texts_the_public_checks_the_public_quotes_alone(base: SimpleNamespace) -> None:
    inside, outside = "Prices rose by 3%", "Nobody expected a second pipe"

    assert check(inside, "paper")["grade"] == "exact"
    assert check(inside)["elsewhere"]["source"]["key"] == "paper"
    assert check(inside, "paper")["searched_texts"] == 0
    assert check(outside, "paper")["grade"] == "missing"
    assert check(outside)["elsewhere"] is None
    assert check("Prices rose by 3% in June. Nobody", "paper")["is_verbatim"] is False
    assert check(outside, "paper", by=desk())["grade"] == "exact"


def test_a_text_that_is_not_open_answers_as_one_without_the_words(base: SimpleNamespace) -> None:
    there = Client().get(ADDRESS, {"text": "expected a second pipe", "source": "paper"})
    nowhere = Client().get(ADDRESS, {"text": "expected a second pump", "source": "paper"})

    assert there.content.replace(b"pipe", b"pump") == nowhere.content


@pytest.mark.parametrize("key", ["secret", "unseen", "nosuch", "no such key"])
def test_a_source_that_nobody_may_read_is_as_none(base: SimpleNamespace, key: str) -> None:
    response = Client().get(ADDRESS, {"text": "it fell", "source": key})
    unknown = Client().get(ADDRESS, {"text": "it fell", "source": "quite-another"})

    assert response.status_code == 400
    assert response.content.replace(key.encode(), b"quite-another") == unknown.content


@pytest.mark.parametrize("text", ["it fell by nine percent", "names a figure of 42"])
def test_confidential_and_unpublished_sources_are_never_found(
    base: SimpleNamespace, text: str
) -> None:
    for source in ("", "speech"):
        told = check(text, source)

        assert told["is_verbatim"] is False
        assert told["elsewhere"] is None
        assert "Memo" not in str(told)
        assert "unseen" not in str(told)
    assert check(text, by=desk())["is_verbatim"] is True


def test_withheld_words_are_found_by_nobody(base: SimpleNamespace) -> None:
    by = make.person(Role.ADMINISTRATOR)
    excerpt = Excerpt.objects.get(exact="Trade fell by 9.1% in May")
    asked = ask_to_withhold(targets=[excerpt], reason="A court order.", by=by, at=make.TODAY)
    carry_out(request=asked[0], by=make.person(Role.ADMINISTRATOR), at=make.TODAY)

    for client in (Client(), desk()):
        for text in ("Trade fell by 9.1% in May", "9.1% in May", "█████ ████ ██ ████ ██ ███"):
            told = check(text, "speech", by=client)

            assert told["is_verbatim"] is False
            assert "9.1" not in str(told).replace(text, "")
        assert check("to −4 points", "speech", by=client)["is_verbatim"] is True


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "nothing"),
        ({"source": "speech"}, "nothing"),
        ({"text": " "}, "empty"),
        ({"text": "\u200b"}, "empty"),
        ({"text": "a" * 5_001}, "too_long"),
        ({"text": "a", "sources": "speech"}, "unknown_parameter"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    base: SimpleNamespace, asked: dict[str, str], code: str
) -> None:
    response = Client().get(ADDRESS, asked)

    assert (response.status_code, response.json()["code"]) == (400, code)


def test_a_source_without_a_text_is_not_checked(base: SimpleNamespace) -> None:
    make.source(key="bare", title="A book")
    told = check("did not agree on a price", "bare", by=desk())

    assert told["elsewhere"]["source"]["key"] == "speech"
    assert "no-text" in codes(told)
    assert check("never said", "bare", by=desk())["grade"] == "unlocated"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=200))
def test_any_text_is_checked_or_refused(base: SimpleNamespace, text: str) -> None:
    response = Client().get(ADDRESS, {"text": text, "source": "speech"})

    assert response.status_code in (200, 400)
    if response.status_code == 200 and response.json()["grade"] == "exact":
        assert response.json()["text"] in SPEECH


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=st.integers(0, len(SPEECH) - 1), length=st.integers(1, 80))
def test_what_is_verbatim_stands_in_the_text(
    base: SimpleNamespace, begin: int, length: int
) -> None:
    words = SPEECH[begin : begin + length].strip()
    if not words:
        return
    told = check(words, "speech")

    if told["grade"] in ("exact", "ambiguous"):
        assert told["text"] in SPEECH
    assert told["is_verbatim"] is (told["grade"] in ("exact", "folded", "ambiguous"))


def test_a_long_text_is_searched_in_milliseconds(base: SimpleNamespace) -> None:
    """A megabyte: 200 characters of it, and 200 that it has not; the whole answer is timed."""
    words = [f"word{number * 7919 % 5003}" for number in range(110_000)]
    text = " ".join(words)
    make.source(text, key="long", title="A long text")
    client, begin = desk(), text.index(words[90_000])
    there = text[begin : begin + 200].rsplit(" ", 1)[0]
    taken = []
    for asked in (there, there, there.replace("1", "2") + " and nothing of it is there"):
        started = time.process_time()
        check(asked, "long", by=client)
        taken.append(time.process_time() - started)

    assert min(taken[:2]) < 0.5, taken
    assert taken[2] < 2.0, taken


def test_the_page_says_the_same(base: SimpleNamespace) -> None:
    page = Client().get("/quotes/check/", {"text": "did not agree on a price", "source": "paper"})
    refused = Client().get("/quotes/check/", {"text": "a", "source": "secret"})

    assert "Not where you said, but elsewhere." in page.content.decode()
    assert refused.status_code == 400
    assert "There is no source “secret” that you may read." in refused.content.decode()
    assert Client().get("/quotes/check/").status_code == 200


def test_page_and_api_are_counted_together(
    base: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "quotes", "3/min")
    words = {"text": "did not agree on a price"}
    here, other = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    asked = [here.get(one, words).status_code for one in (PAGE, ADDRESS, PAGE, ADDRESS)]
    refused = here.get(PAGE, words)

    assert asked == [200, 200, 200, 429]
    assert refused.status_code == 429
    assert "Too many requests. Try again in " in refused.content.decode()
    assert 0 < int(refused["Retry-After"]) <= 61
    assert [here.get(PAGE).status_code for _form in range(4)] == [200] * 4
    assert other.get(PAGE, words).status_code == 200


def test_somebody_signed_in_has_a_count_of_their_own(
    base: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "quotes", "1/min")
    words = {"text": "did not agree on a price"}
    signed_in = Client()
    signed_in.force_login(make.person(Role.EDITOR))

    assert Client().get(PAGE, words).status_code == 200
    assert [signed_in.get(one, words).status_code for one in (PAGE, ADDRESS)] == [200, 429]
