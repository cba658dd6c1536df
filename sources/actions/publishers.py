"""Judging, revising and merging publishers, and finding the one that a record names."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection

from sources.actions import announce
from sources.actions.action import action
from sources.actions.permission import require
from sources.actions.search_words import index_sources, search_text_of
from sources.domain.refusals import Refusal, quoted
from sources.domain.text_fields import clean_words
from sources.models import Publisher, PublisherJudgement, Source
from sources.vocabulary import PublisherKind, Reliability, Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_REASON = 2_000
MAX_ALIASES = 100

# Who enters a record shares this advisory lock; who changes which publisher a name stands for has
# it alone, so that no source goes to a publisher that is being merged. It comes before all rows.
PUBLISHERS_LOCK = 7_301_447_209


class PublisherRefused(Refusal):
    """A publisher that is not kept like this.

    `code`: name_taken, too_many_names, not_a_country, not_an_address, merged_into_itself,
    merged_already, judged_so.
    """


@action
def judge_publisher(
    *, publisher: Publisher, reliability: Reliability, reason: str, by: "User", at: datetime
) -> PublisherJudgement:
    """Judge how far a publisher can be relied on, and why. The judgements before it stay on record.

    F takes back what was judged before. Raises PublisherRefused, WordsRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    publisher = _locked(publisher)
    _require_surviving(publisher)
    because = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    if (publisher.reliability, publisher.reliability_reason) == (reliability, because):
        raise PublisherRefused(
            "judged_so",
            f"{publisher} is judged {reliability} for this reason already. Nothing was changed.",
        )
    publisher.reliability, publisher.reliability_reason = reliability, because
    publisher.save(update_fields=["reliability", "reliability_reason"])
    judgement: PublisherJudgement = PublisherJudgement.objects.create(
        publisher=publisher,
        reliability=reliability,
        reason=because,
        judged_at=at,
        judged_by=by,
    )
    return judgement


@action
def revise_publisher(
    *,
    publisher: Publisher,
    name: str,
    aliases: Sequence[str],
    kind: PublisherKind,
    country: str,
    site: str,
    by: "User",
    at: datetime,
) -> Publisher:
    """Change what is on record of a publisher; the name that it had becomes another name of it.

    The records of its sources stay as they are written. Raises PublisherRefused, WordsRefused,
    NotPermitted.
    """
    require(by, Role.EDITOR)
    _lock_publisher_names()
    publisher = _locked(publisher)
    _require_surviving(publisher)
    before = publisher.name
    publisher.name = clean_words(name, name="name", limit=300, required=True)
    others = [clean_words(alias, name="other name", limit=300) for alias in aliases]
    if publisher.name != before:
        others.append(before)
    publisher.aliases = [one for one in dict.fromkeys(others) if one and one != publisher.name]
    _require_free_names(publisher)
    publisher.kind = kind
    publisher.country = _known_country(country)
    publisher.site = _known_site(site)
    publisher.save()
    if publisher.name != before:
        _index_sources_of(publisher, at=at)
    return publisher


@action
def merge_publishers(
    *, publisher: Publisher, into: Publisher, reason: str, by: "User", at: datetime
) -> Publisher:
    """Merge a publisher into another one, which takes over its sources and its names.

    What was judged of it stays on record there; of the survivor its own judgement counts alone.
    What was merged into it before goes along. Raises PublisherRefused, WordsRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    because = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    _lock_publisher_names()
    publisher, into = _locked(publisher), _locked(into)
    require_mergeable(publisher, into)
    with pghistory.context(reason=because):
        names = [*into.aliases, publisher.name, *publisher.aliases]
        into.aliases = [name for name in dict.fromkeys(names) if name != into.name]
        publisher.aliases, publisher.merged_into = [], into
        publisher.save(update_fields=["aliases", "merged_into"])
        into.save(update_fields=["aliases"])
        Publisher.objects.filter(merged_into=publisher).update(merged_into=into)
        Source.objects.filter(publisher=publisher).update(publisher=into)
    _index_sources_of(into, at=at)
    return into


def require_mergeable(publisher: Publisher, into: Publisher) -> None:
    """Refuse to merge a publisher into itself, and one that is merged. Raises PublisherRefused."""
    if publisher.pk == into.pk:
        raise PublisherRefused(
            "merged_into_itself",
            f"{publisher} cannot be merged into itself. Choose the publisher that is to stay.",
        )
    _require_surviving(publisher)
    _require_surviving(into)


def publisher_named(name: str) -> Publisher:
    """The publisher that the record of a source names, entered where it is new.

    Call it under `share_publisher_names`.
    """
    found: Publisher | None = Publisher.objects.named([name]).get(name)
    if found is None:
        found, _created = Publisher.objects.get_or_create(name=name)
    return found


def share_publisher_names() -> None:
    """Keep every name standing for its publisher until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [PUBLISHERS_LOCK])


def _lock_publisher_names() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHERS_LOCK])


def _locked(publisher: Publisher) -> Publisher:
    """The publisher as it is now; who else judges or merges it waits."""
    rows = Publisher.objects.select_for_update(no_key=True, of=("self",))
    row: Publisher = rows.select_related("merged_into").get(pk=publisher.pk)
    return row


def _require_surviving(publisher: Publisher) -> None:
    if publisher.merged_into is not None:
        raise PublisherRefused(
            "merged_already",
            f"{publisher} was merged into {publisher.merged_into} already. Go on with "
            f"{publisher.merged_into}.",
        )


def _require_free_names(publisher: Publisher) -> None:
    """Refuse a name that stands for another publisher, and more names than are kept."""
    if len(publisher.aliases) > MAX_ALIASES:
        raise PublisherRefused(
            "too_many_names",
            f"These are {len(publisher.aliases)} other names of {publisher}; at most "
            f"{MAX_ALIASES} are kept.",
        )
    for name, one in Publisher.objects.named([publisher.name, *publisher.aliases]).items():
        if one.pk != publisher.pk:
            raise PublisherRefused(
                "name_taken",
                f"{quoted(name)} stands for the publisher {one} already. Use another name, or "
                "merge the two.",
            )


def _known_country(country: str) -> str:
    """Two letters, or nothing. Raises PublisherRefused."""
    code = country.strip().upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise PublisherRefused(
            "not_a_country",
            f"{quoted(country)} is no code of a country; write two letters, such as PL.",
        )
    return code


def _known_site(site: str) -> str:
    """An address on the web, or nothing. Raises PublisherRefused."""
    address = clean_words(site, name="site", limit=2_000)
    try:
        if address:
            URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise PublisherRefused(
            "not_an_address",
            f"{quoted(site)} is no address on the web; write it as https://www.osw.waw.pl/.",
        ) from None
    return address


def _index_sources_of(publisher: Publisher, *, at: datetime) -> None:
    """Find the sources of a publisher, and what quotes them, by the name that it has now."""
    sources = list(Source.objects.filter(publisher=publisher).order_by("pk"))
    for source in sources:
        source.search_text = search_text_of(
            title=source.title,
            authors=source.authors,
            publishers=[str(source.csl.get("publisher", "")), publisher.name],
            container=source.container,
        )
    Source.objects.bulk_update(sources, ["search_text"], batch_size=500)
    ids = [source.pk for source in sources]
    index_sources(ids)
    announce.notify(announce.publisher_renamed, sources=ids, at=at)
