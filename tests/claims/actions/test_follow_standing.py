"""Effects of a source's standing on the claims that rest on it."""

from datetime import date
from typing import Any

import pytest

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.models import Claim, Flag
from claims.vocabulary import FlagKind
from sources.actions.standing import set_standing
from sources.models import Source
from sources.vocabulary import Access, Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = "Trade fell by 9%. Exports rose. Imports rose."


def stands(source: Source, standing: Standing, **given: Any) -> None:
    given = {"reason": "The table was wrong.", "on": date(2025, 5, 1), **given}
    set_standing(
        source=source,
        standing=standing,
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
        **given,
    )


def claim_on(words: str, of: Source) -> Claim:
    claim: Claim = make.published(evidence=[Tie(make.excerpt(words, of=of))]).claim
    return claim


def causes(claim: Claim) -> list[str]:
    flags = claim.flags.filter(kind=FlagKind.SOURCE_STANDING).order_by("pk")
    return list(flags.values_list("cause", flat=True))


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.CURRENT}))
def test_every_claim_that_quotes_the_source_is_flagged_with_day_and_reason(
    standing: Standing,
) -> None:
    source = make.source(TEXT, key="report")
    claims = [claim_on(words, source) for words in ("Trade fell by 9%.", "Exports rose.")]
    other = make.published().claim

    stands(source, standing)

    said = f"The source report is {standing.predicate} since 2025-05-01: The table was wrong"
    assert [causes(claim) for claim in claims] == [[said], [said]]
    assert not other.flags.exists()


def test_a_correction_of_passages_flags_the_claims_on_quotes_that_touch_them() -> None:
    source = make.source(TEXT)
    touched, apart = claim_on("Trade fell by 9%.", source), claim_on("Imports rose.", source)

    stands(source, Standing.CORRECTED, passages=["fell by 9%. Exports"])

    (cause,) = causes(touched)
    assert "The correction touches the quote" in cause
    assert causes(apart) == []


def test_a_claim_on_a_quote_without_a_place_is_flagged_in_doubt() -> None:
    source = make.source(TEXT)
    lost = make.submitted(evidence=[Tie(make.excerpt("Prices are another matter.", of=source))])

    stands(source, Standing.CORRECTED, passages=["Exports rose."])

    (cause,) = causes(lost.claim)
    assert "is in doubt: the quote has no place in the text" in cause


def test_a_passage_that_is_not_found_leaves_every_quote_in_doubt() -> None:
    source = make.source(TEXT)
    claim = claim_on("Imports rose.", source)

    stands(source, Standing.CORRECTED, passages=["Trade fell by 8%."])

    (cause,) = causes(claim)
    assert "is in doubt: a passage that it names is not found in the text" in cause


def test_of_a_source_without_a_text_every_quote_is_in_doubt() -> None:
    source = make.source()
    claim = make.submitted(evidence=[Tie(make.excerpt("Trade fell by 9%.", of=source))]).claim

    stands(source, Standing.CORRECTED, passages=["Trade fell"])

    (cause,) = causes(claim)
    assert "in doubt" in cause


def test_going_back_to_current_is_told_too() -> None:
    source = make.source(TEXT, key="report")
    claim = claim_on("Exports rose.", source)
    stands(source, Standing.RETRACTED)

    stands(source, Standing.CURRENT, reason="It was another report.")

    assert causes(claim)[1:] == [
        "The source report is current since 2025-05-01: It was another report"
    ]


def test_the_reason_of_a_source_for_named_persons_stays_with_them() -> None:
    source = make.source(TEXT, access=Access.NAMED, public_descriptor="a memo")
    claim = make.submitted(evidence=[Tie(make.excerpt("Exports rose.", of=source))]).claim

    stands(source, Standing.RETRACTED)

    assert causes(claim) == ["The source a memo is retracted since 2025-05-01"]


def test_a_retracted_claim_is_not_flagged() -> None:
    source = make.source(TEXT)
    claim = claim_on("Exports rose.", source)
    retract(claim=claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=make.TODAY)

    stands(source, Standing.RETRACTED)

    assert not Flag.objects.filter(claim=claim).exists()


def open_causes(claim: Claim) -> list[str]:
    flags = claim.flags.filter(closed_at__isnull=True).order_by("pk")
    return list(flags.values_list("cause", flat=True))


def test_a_standing_said_anew_closes_the_flag_that_it_opened_before() -> None:
    source = make.source(TEXT, key="report")
    claim = claim_on("Exports rose.", source)
    stands(source, Standing.RETRACTED)

    stands(source, Standing.RETRACTED, reason="The count was invented.")

    said = "The source report is retracted since 2025-05-01: The count was invented"
    assert open_causes(claim) == [said]
    (closed,) = claim.flags.filter(closed_at__isnull=False)
    assert (closed.closed_at, closed.closed_by) == (make.TODAY, make.somebody(Role.EDITOR))
    assert closed.closing_note == f"Said anew: {said}"


def test_another_standing_closes_nothing() -> None:
    source = make.source(TEXT)
    claim = claim_on("Exports rose.", source)
    stands(source, Standing.CORRECTED)

    stands(source, Standing.RETRACTED)

    assert len(open_causes(claim)) == 2


def test_a_correction_said_anew_of_other_passages_leaves_the_flags_elsewhere_open() -> None:
    source = make.source(TEXT)
    first, second = claim_on("Trade fell by 9%.", source), claim_on("Imports rose.", source)
    stands(source, Standing.CORRECTED, passages=["Trade fell by 9%."])

    stands(source, Standing.CORRECTED, passages=["Imports rose."])

    assert len(open_causes(first)) == 1
    assert len(open_causes(second)) == 1


def test_a_flag_of_another_source_with_the_same_descriptor_stays_open() -> None:
    memos = [
        make.source(TEXT, access=Access.NAMED, public_descriptor="a memo", key=key)
        for key in ("memo-one", "memo-two")
    ]
    ties = [Tie(make.excerpt("Exports rose.", of=memo)) for memo in memos]
    claim = make.submitted(evidence=ties).claim
    stands(memos[0], Standing.RETRACTED)

    stands(memos[1], Standing.RETRACTED, on=date(2025, 5, 2))

    assert len(open_causes(claim)) == 2


def test_a_flag_names_the_quote_that_it_is_about() -> None:
    source = make.source(TEXT)
    claim = claim_on("Trade fell by 9%.", source)
    stands(source, Standing.CORRECTED, passages=["fell by 9%"])
    quoted = claim.versions.get().evidence.get().excerpt_id

    (flag,) = claim.flags.all()
    assert (flag.source, flag.excerpt_id) == (source, quoted)
