"""The claims that a load finds in the database, read for many entries in a few queries."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from claims.actions.claims.content_rows import CONTENT_ROWS, stored_content
from claims.domain.content import Quoted, canonical_json
from claims.domain.dossier.claims import ClaimEntry, EntryStatus
from claims.models import Claim, Evidence, Topic, Version
from claims.vocabulary import Status

# The change note of a version that a load wrote after the first one.
OF_A_DOSSIER = "Changed in the dossier."
OF_A_FILE = "Changed in the imported file."


@dataclass(frozen=True)
class StoredClaim:
    """A claim with its topics, its latest version, and the latest that a load wrote.

    The two are one version where the desk has not gone on since.
    """

    claim: Claim
    topics: tuple[Topic, ...]
    latest: Version
    loaded: Version

    @property
    def is_latest(self) -> bool:
        """Whether nobody has gone on since the load."""
        return self.loaded.pk == self.latest.pk

    def evidence(self) -> list[Evidence]:
        """The evidence of the loaded version, in the order in which it was given."""
        return sorted(self.loaded.evidence.all(), key=lambda piece: piece.pk)


def stored_claims(namespace: str, ids: Collection[str]) -> dict[str, StoredClaim]:
    """The claims of these external ids, by id; the number of queries does not grow with them."""
    claims = list(
        Claim.objects.filter(namespace=namespace, external_id__in=ids).prefetch_related("topics")
    )
    if not claims:
        return {}
    of_each = Version.objects.filter(claim__in=claims).order_by("claim", "-number")
    latest = {version.claim_id: version for version in of_each.distinct("claim")}
    came_in = Q(number=1) | Q(change_note__in=(OF_A_DOSSIER, OF_A_FILE))
    loaded = {
        version.claim_id: version
        for version in of_each.filter(came_in).distinct("claim").prefetch_related(*CONTENT_ROWS)
    }
    return {
        str(claim.external_id): StoredClaim(
            claim, tuple(claim.topics.all()), latest[claim.pk], loaded[claim.pk]
        )
        for claim in claims
    }


def changes_nothing(given: ClaimEntry, stored: StoredClaim) -> bool:
    """Whether loading the entry again would leave everything as it is.

    An entry that seems to change something is written, and compared again there.
    """
    return (
        is_same_content(given, stored.loaded)
        and {topic.key for topic in stored.topics} >= set(given.topics)
        and not (stored.is_latest and is_step_open(given, stored))
    )


def is_same_content(given: ClaimEntry, version: Version) -> bool:
    """Whether the version says what the entry says, on the same evidence."""
    content, quotes = stored_content(version)
    new = [
        Quoted(
            piece.quote, piece.source, piece.locator, str(piece.stance), piece.own_origin or None
        )
        for piece in given.evidence
    ]
    return canonical_json(content, quotes, salt="") == canonical_json(given.content, new, salt="")


def is_step_open(given: ClaimEntry, stored: StoredClaim) -> bool:
    """Whether the entry says that its claim stands further in review than it does."""
    status, stored_status = given.status, Status(stored.latest.status)
    if stored_status is Status.DRAFT:
        return status is not EntryStatus.DRAFT
    if stored_status is Status.SUBMITTED:
        return status.is_decided
    return (
        status is EntryStatus.RETRACTED
        and stored_status is Status.APPROVED
        and not stored.claim.is_retracted
    )
