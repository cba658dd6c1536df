"""Closing flags: somebody looked at the claim again, and says so in a note."""

from datetime import datetime
from typing import TYPE_CHECKING

from claims.domain.text_limits import clean_words
from claims.models import Flag
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_NOTE = 5_000


class FlagRefused(Refusal):
    """A flag that cannot be closed. `code`: closed."""


@action
def close_flag(*, flag: Flag, note: str, by: "User", at: datetime) -> Flag:
    """Say what looking at the claim again came to; nothing opens a flag a second time.

    Raises FlagRefused for a flag that is closed, WordsRefused for an empty note, NotPermitted.
    """
    require(by, Role.REVIEWER)
    note = clean_words(note, name="note", limit=MAX_NOTE, required=True)
    now: Flag = (
        Flag.objects.select_for_update(of=("self",)).select_related("closed_by").get(pk=flag.pk)
    )
    if now.closed_at is not None:
        raise FlagRefused(
            "closed",
            f"{now.closed_by} closed this flag at {now.closed_at:%Y-%m-%d %H:%M} UTC; read the "
            "note there. It stays as it was closed.",
        )
    now.closed_at, now.closed_by, now.closing_note = at, by, note
    now.save(update_fields=["closed_at", "closed_by", "closing_note"])
    return now
