"""Withdrawing an extract: it stays at its address, with the reason, and its files are not given."""

from datetime import datetime
from typing import TYPE_CHECKING

from claims.domain.factsheets.confidential_names import confidential_names
from claims.domain.text_limits import clean_words
from claims.factsheets.checking import names_kept_secret
from claims.models import Extract, ExtractWithdrawal
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_EXTRACT_REASON = 2_000


class WithdrawalRefused(Refusal):
    """A withdrawal that cannot be. `code`: withdrawn, confidential_name."""


@action
def withdraw_extract(
    *, extract: Extract, reason: str, by: "User", at: datetime
) -> ExtractWithdrawal:
    """Take an extract back for good: page, reason and hashes stay, the files are not given.

    Raises WithdrawalRefused, WordsRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    reason = clean_words(reason, name="reason", limit=MAX_EXTRACT_REASON, required=True)
    secret = names_kept_secret(extract.versions.values_list("version", flat=True))
    for start, end in confidential_names(reason, secret):
        raise WithdrawalRefused(
            "confidential_name",
            f"{quoted(reason[start:end])} is a name that is kept confidential, and everybody reads "
            "this. Take it out, or write what stands for it in public.",
        )
    before = ExtractWithdrawal.objects.select_related("withdrawn_by").filter(extract=extract)
    for withdrawal in before:
        raise WithdrawalRefused(
            "withdrawn",
            f"{withdrawal.withdrawn_by} withdrew this extract at "
            f"{withdrawal.withdrawn_at:%Y-%m-%d %H:%M} UTC; read the reason there. Freeze the "
            "query again; this one does not come back.",
        )
    return ExtractWithdrawal.objects.create(
        extract=extract, reason=reason, withdrawn_at=at, withdrawn_by=by
    )
