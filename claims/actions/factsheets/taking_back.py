"""Errata to editions, and withdrawing one: an edition itself stays as it was issued."""

from datetime import datetime
from typing import TYPE_CHECKING

from claims.domain.factsheets.confidential_names import confidential_names
from claims.domain.text_limits import clean_words
from claims.factsheets.checking import names_kept_secret
from claims.models import Edition, EditionWithdrawal, Erratum
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_ERRATUM = 2_000
MAX_REASON = 2_000


class EditionRefused(Refusal):
    """Something that cannot be done with an edition. `code`: withdrawn, confidential_name."""


@action
def add_erratum(*, edition: Edition, words: str, by: "User", at: datetime) -> Erratum:
    """Correct an edition in words that readers see on its page; none is ever taken away.

    Any edition can be corrected, a superseded or withdrawn one too: people have its files. Raises
    WordsRefused for no words or too many, EditionRefused for the name of a confidential source,
    NotPermitted.
    """
    require(by, Role.EDITOR)
    words = clean_words(words, name="erratum", limit=MAX_ERRATUM, required=True)
    _require_no_secret_name(words, edition)
    return Erratum.objects.create(edition=edition, words=words, added_at=at, added_by=by)


@action
def withdraw_edition(
    *, edition: Edition, reason: str, by: "User", at: datetime
) -> EditionWithdrawal:
    """Take an edition back for good: it stays readable, marked, with the reason.

    Raises EditionRefused for one that was withdrawn before and for the name of a confidential
    source, WordsRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    reason = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    _require_no_secret_name(reason, edition)
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    before = EditionWithdrawal.objects.select_related("withdrawn_by").filter(edition=edition)
    for withdrawal in before:
        raise EditionRefused(
            "withdrawn",
            f"{withdrawal.withdrawn_by} withdrew this edition at "
            f"{withdrawal.withdrawn_at:%Y-%m-%d %H:%M} UTC; read the reason there. A later edition "
            "can be issued; this one does not come back.",
        )
    return EditionWithdrawal.objects.create(
        edition=edition, reason=reason, withdrawn_at=at, withdrawn_by=by
    )


def _require_no_secret_name(words: str, edition: Edition) -> None:
    """Refuse what readers would see a confidential name in, as the check before issue does."""
    secret = names_kept_secret(edition.versions.values_list("version", flat=True))
    for start, end in confidential_names(words, secret):
        raise EditionRefused(
            "confidential_name",
            f"{quoted(words[start:end])} is a name that is kept confidential, and everybody reads "
            "this. Take it out, or write what stands for it in public.",
        )
