"""Changes from one edition of a fact sheet to the next, in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain.factsheets.changes import Change, edition_changes
from claims.readings.edition_contents import contents_of, titles_in
from claims.vocabulary import ConflictStatus
from claims.vocabulary.factsheets import ChangeCode
from sources.vocabulary import Standing

_SENTENCES = {
    ChangeCode.CLAIM_ADDED: gettext_lazy("%(ref)s is new."),
    ChangeCode.NEW_VERSION: gettext_lazy("%(claim)s is in a new version, %(ref)s."),
    ChangeCode.CLAIM_REMOVED: gettext_lazy("%(ref)s was taken out."),
    ChangeCode.CONFLICT_OPENED: gettext_lazy("%(ref)s disputes claims of it by now."),
    ChangeCode.CONFLICT_DECIDED: gettext_lazy("%(ref)s goes on: %(now)s."),
    ChangeCode.CONFLICT_SETTLED: gettext_lazy("%(ref)s was settled: %(now)s."),
    ChangeCode.CONFLICT_GONE: gettext_lazy("%(ref)s is no longer among its conflicts."),
    ChangeCode.STANDING: gettext_lazy("The standing of “%(title)s” changed: %(now)s."),
    ChangeCode.TITLE: gettext_lazy("The title was changed."),
    ChangeCode.SUMMARY: gettext_lazy("The summary was changed."),
    ChangeCode.SECTION_ADDED: gettext_lazy("The section “%(ref)s” is new."),
    ChangeCode.PROSE: gettext_lazy("The prose of “%(ref)s” was changed."),
    ChangeCode.SECTION_REMOVED: gettext_lazy("The section “%(ref)s” was taken out."),
    ChangeCode.UNKNOWN: gettext_lazy("What is not known was changed."),
}


def edition_change_texts(old: Any, new: Any) -> tuple[str, ...]:
    """Return the changes between two editions, rows with their content and manifest.

    Of a content that was withheld nothing is told but of the claims; of a manifest, nothing at all.
    """
    if not (old.manifest and new.manifest):
        return ()
    if not (old.content and new.content):
        changes = edition_changes(contents_of({}, old.manifest), contents_of({}, new.manifest))
    else:
        changes = edition_changes(
            contents_of(old.content, old.manifest), contents_of(new.content, new.manifest)
        )
    titles = titles_in(new.manifest)
    return tuple(change_text(change, titles) for change in changes)


def change_text(change: Change, titles: Mapping[str, str]) -> str:
    """Return a change as a sentence; `titles` are those of sources by key."""
    words = {
        "ref": change.reference or _("without a heading"),
        "claim": change.reference.partition("/")[0],
        "title": titles.get(change.reference, change.reference),
        "now": _now_text(change),
    }
    return str(_SENTENCES[change.code]) % words


def _now_text(change: Change) -> str:
    if change.code == ChangeCode.STANDING:
        return str(_(Standing(change.now).label)).lower()
    return str(_(ConflictStatus(change.now).label)).lower() if change.now else ""
