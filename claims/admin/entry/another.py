"""A second claim on the quotes of a claim: what its form takes over from the first."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from claims.actions.claims.content_rows import stored_content
from claims.admin.entry.quotes import initial_rows
from claims.models import Claim, Entity, Version
from claims.vocabulary import Stance
from sources.models import Source


def followed_version(request: HttpRequest) -> Version | None:
    """The latest version of the claim that the address names as `another`, if any."""
    claim = Claim.objects.by_ref(request.GET.get("another", "")[:20]).first()
    if claim is None:
        return None
    versions = claim.versions.visible_to(request.user, timezone.now())
    latest: Version | None = versions.select_related("claim").order_by("-number").first()
    return latest


def initial_of_another(version: Version, by: Any) -> dict[str, Any]:
    """Who says it, how sure and when, the subject, the language and the topics, as they were.

    Of entities only those that the account may know; of who says it all or nothing, since a chain
    without one of its links says something else.
    """
    content, _quotes = stored_content(version)
    chain = content.asserted_by
    named = [link for link in (*chain, content.subject) if isinstance(link, str)]
    entities = Entity.objects.known_to(by, timezone.now()).filter(key__in=named)
    known = set(entities.values_list("key", flat=True))
    initial: dict[str, Any] = {
        "mode": content.mode,
        "asserted_on": content.asserted_on,
        "language": content.language,
        "topics": [topic.key for topic in version.claim.topics.all()],
    }
    if content.subject in known:
        initial["subject"] = content.subject
    if all(link in known for link in chain if isinstance(link, str)):
        initial |= {f"asserter_{place}": link for place, link in enumerate(chain)}
    return initial


def rows_of_another(version: Version, by: Any, *, only: str = "") -> list[dict[str, Any]]:
    """The quotes of the version that the account may read, or of these the one of number `only`.

    They support the new claim until somebody says otherwise: what refutes one claim need not refute
    the next. Context stays context.
    """
    readable = Source.objects.readable_by(by, timezone.now())
    pieces = version.evidence.filter(excerpt__source__in=readable.values("pk"))
    pieces = pieces.exclude(excerpt__exact="").select_related("own_origin").order_by("pk")
    rows = initial_rows(list(pieces))
    origins = [row["own_origin"].pk for row in rows if row["own_origin"]]
    known = Source.objects.readable_ids(origins, by, timezone.now())
    for row in rows:
        if row["stance"] == Stance.REFUTES:
            row["stance"] = Stance.SUPPORTS
        if row["own_origin"] and row["own_origin"].pk not in known:
            row["own_origin"] = None
    return [row for row in rows if not only or str(row["excerpt"]) == only]
