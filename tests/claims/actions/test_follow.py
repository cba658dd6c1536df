"""Effects on claims when their sources change."""

from datetime import timedelta

import pytest

from claims.actions.claims.entry import Tie
from claims.actions.claims.review import decide
from claims.vocabulary import Decision, FlagKind
from sources.actions.captures.capture import capture as keep
from sources.models import Source
from sources.vocabulary import Grade, Role
from tests.factories import TODAY, excerpt, person, published, source, submitted
from tests.worker import work

pytestmark = pytest.mark.django_db


def capture(of: Source, text: str, *, hours: int) -> None:
    keep(
        source=of,
        data=text.encode(),
        file_name=f"{hours}.txt",
        by=person(),
        at=TODAY + timedelta(hours=hours),
    )
    work()


def test_a_quote_that_is_no_longer_found_flags_the_claim_that_rests_on_it_once() -> None:
    of = source("Before it. Trade fell by 9%. After it.")
    quoted = excerpt("Trade fell by 9%.", of=of)
    claim = published(evidence=[Tie(quoted)]).claim

    capture(of, "Before it. Trade rose by 9%. After it.", hours=1)
    capture(of, "Trade is not mentioned.", hours=2)

    quoted.refresh_from_db()
    assert quoted.grade == Grade.MISSING
    (flag,) = claim.flags.all()
    assert flag.kind == FlagKind.QUOTE_DRIFTED
    assert "was graded “Exact” and is “Differs” now: “Trade fell by 9%.”" in flag.cause
    assert "; the text has “Trade rose by 9%.” now" in flag.cause


def test_a_quote_that_is_still_found_flags_nothing() -> None:
    of = source("Before it. Trade fell by 9%. After it.")
    claim = published(evidence=[Tie(excerpt("Trade fell by 9%.", of=of))]).claim

    capture(of, "A new edition. Trade fell by 9%. The rest is new.", hours=1)

    assert not claim.flags.exists()


def test_a_rejected_version_is_no_reason_for_a_flag() -> None:
    of = source("Before it. Trade fell by 9%. After it.")
    version = submitted(evidence=[Tie(excerpt("Trade fell by 9%.", of=of))])
    decide(
        version=version,
        decision=Decision.REJECT,
        by=person(Role.REVIEWER),
        at=TODAY,
        content_hash=version.content_hash,
        note="Not this.",
    )

    capture(of, "Trade is not mentioned.", hours=1)

    assert not version.claim.flags.exists()
