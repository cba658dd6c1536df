"""Of how much of a statement its reviewer is the author, by an earlier version of the claim."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.wording_distance import words_apart
from claims.models import Version


def own_wording_text(version: Version, versions: Iterable[Version], reviewer: int) -> str:
    """Say how far a version is from what its reviewer wrote last before it, "" if they did not.

    `versions` are those of the claim, `reviewer` is the id of the account that decides on it.
    """
    own = [one for one in versions if one.author_id == reviewer and one.number < version.number]
    if not own:
        return ""
    before = max(own, key=lambda one: one.number)
    apart = words_apart(before.statement, version.statement)
    if not apart:
        sentence = _("The statement is the reviewer’s own wording of %(ref)s, word for word.")
    else:
        sentence = ngettext(
            "The statement differs from the reviewer’s own wording of %(ref)s by one word.",
            "The statement differs from the reviewer’s own wording of %(ref)s by %(n)d words.",
            apart,
        )
    return sentence % {"ref": before.ref, "n": apart}
