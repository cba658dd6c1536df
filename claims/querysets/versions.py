"""Reads of versions: what readers see, filtered, and whole."""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from psycopg.types.range import Range as PgRange

from claims.domain.workflow import RULES, Step
from claims.querysets.conflicts import DISPUTING
from claims.querysets.found import query_of_versions
from claims.vocabulary import Status
from sources.domain.dates import parse_dates
from sources.domain.ranges import Range
from sources.domain.search.typed import TypedSearch
from sources.querysets.prepared import prepared_rows
from sources.querysets.readers import is_staff
from sources.querysets.search import WrittenQuery
from sources.vocabulary import Role

# An entity that no more versions are about is asked for them; of another one, the latest versions
# are asked whether they are about it. The planner cannot tell the two apart.
MAX_BY_ENTITY = 1_000

# The next moment at which a publication begins or ends.
NEXT_CHANGE = """SELECT least(
    (SELECT min(lower(published)) FROM claims_version WHERE lower(published) > %(at)s::timestamptz),
    (SELECT min(upper(published)) FROM claims_version WHERE upper(published) > %(at)s::timestamptz)
)
"""

# Each date of assertion once, from one to the next in the index.
DATES_OF_ASSERTION = """SELECT * FROM (
WITH RECURSIVE said (asserted_on) AS (
    (SELECT asserted_on FROM claims_version WHERE asserted_on <> '' ORDER BY asserted_on LIMIT 1)
    UNION ALL
    SELECT (SELECT v.asserted_on FROM claims_version v WHERE v.asserted_on > said.asserted_on
        AND v.asserted_on <> '' ORDER BY v.asserted_on LIMIT 1)
    FROM said WHERE said.asserted_on IS NOT NULL
)
SELECT asserted_on FROM said WHERE asserted_on IS NOT NULL
) dates"""


class VersionQuerySet(models.QuerySet[Any]):
    """Versions of claims; the methods chain and say what they mean."""

    def by_ref(self, ref: str) -> "VersionQuerySet":
        """The version of a reference such as C17/v2; none for what is no reference."""
        claim, _slash, number = ref.partition("/v")
        if not (claim[:1] == "C" and is_number(claim[1:]) and is_number(number)):
            return self.none()
        return self.filter(claim_id=int(claim[1:]), number=int(number))

    def to_decide(self, person: Any) -> "VersionQuerySet":
        """Those that wait for a decision that the person may take, and whose quotes they may read.

        By the table of the workflow: those of other people, and to who may not decide on those, the
        wordings that a reviewer suggests for their own.
        """
        waiting = self.newest().filter(status=Status.SUBMITTED, claim__retracted_at__isnull=True)
        if not Role(person.role).includes(RULES[Step.APPROVE].role):
            waiting = waiting.suggested_to(person)
        return waiting.judgeable_by(person)

    def by_age(self) -> "VersionQuerySet":
        """In the order in which they were written."""
        return self.order_by("recorded_at", "pk")

    def by_place_in(self, source_key: str) -> "VersionQuerySet":
        """Those that quote a source, in the order of its text; at last those without a place."""
        gradings = self._related("evidence", "excerpt", "gradings")
        source = self._id_of("evidence", "excerpt", "source", key=source_key)
        places = gradings.newest().filter(
            excerpt__source=source, excerpt__evidence__version=OuterRef("pk"), start__isnull=False
        )
        first = places.order_by("start").values("start")[:1]
        return (
            self.citing(source_key)
            .annotate(place=models.Subquery(first))
            .order_by(models.F("place").asc(nulls_last=True), "recorded_at", "pk")
        )

    def published(self, at: datetime) -> "VersionQuerySet":
        """Those that readers see at that time: at most one of a claim."""
        return self.filter(published__contains=at)

    def begun(self, at: datetime) -> "VersionQuerySet":
        """Those whose publication has begun by that time, whatever became of it."""
        return self.filter(published__startswith__lte=at)

    def next_change(self, at: datetime) -> datetime | None:
        """The first moment after that time at which a publication of any begins or ends."""
        ((moment,),) = prepared_rows(NEXT_CHANGE, {"at": at})
        found: datetime | None = moment
        return found

    def in_history(self, reader: Any, at: datetime) -> "VersionQuerySet":
        """Those that the history of a claim names to the reader: to the desk, all.

        To the public, of a claim that is published: those that readers see or saw. One that an
        editor took off is among them, as a line that says so. While nothing of a claim is
        published, its history is closed too.
        """
        if is_staff(reader):
            return self
        shown = self.model.objects.visible_to(reader, at).filter(claim=OuterRef("claim"))
        return self.begun(at).filter(Exists(shown))

    def ever_published(self, at: datetime) -> "VersionQuerySet":
        """Those that the public may read, now or as they were before a later one replaced them."""
        return self.in_history(None, at).filter(taken_off_at__isnull=True)

    def newest(self) -> "VersionQuerySet":
        """The latest of each claim that was not put aside; of a claim with none such, the last."""
        return self.filter(is_newest=True)

    def visible_to(self, reader: Any, at: datetime) -> "VersionQuerySet":
        """One version of each claim: the published one to the public, the latest to the desk.

        What an editor took off is shown to the public at no time.
        """
        if is_staff(reader):
            return self.newest()
        return self.published(at).filter(taken_off_at__isnull=True)

    def of_claims_by(self, account: Any) -> "VersionQuerySet":
        """Those of claims of which the account wrote a version: its own, whoever typed last."""
        return self.filter(
            Exists(self.model.objects.filter(claim=OuterRef("claim"), author=account))
        )

    def suggested_to(self, account: Any) -> "VersionQuerySet":
        """Those by which a reviewer suggests a wording for a version of the account's own.

        As `claims.domain.workflow.is_suggestion` has it, which lets the account decide on them.
        """
        reviewers = [role for role in Role if role.includes(Role.REVIEWER)]
        replaced = self.model.objects.filter(
            claim=OuterRef("claim"),
            number=OuterRef("number") - 1,
            author=account,
            status=Status.SUPERSEDED,
        )
        return self.exclude(author=account).filter(Exists(replaced), author__role__in=reviewers)

    def judgeable_by(self, account: Any) -> "VersionQuerySet":
        """Those of other authors whose quotes the account, one of the desk, may all read."""
        closed = self._related("evidence", "excerpt", "source").closed_to(account)
        unread = self._related("evidence").filter(excerpt__source__in=closed)
        return self.exclude(author=account).exclude(pk__in=unread.values("version"))

    def flagged(self) -> "VersionQuerySet":
        """Those of claims with an open flag."""
        flags = self._related("claim", "flags").filter(closed_at__isnull=True)
        return self.filter(Exists(flags.filter(claim=OuterRef("claim"))))

    def at_hand(self, reader: Any, at: datetime) -> "VersionQuerySet":
        """Those that a claim may repeat: to the public the published ones.

        To the desk the latest of each claim, and those that are compared.
        """
        if is_staff(reader):
            return self.filter(Q(is_compared=True) | Q(is_newest=True))
        return self.visible_to(reader, at)

    def in_use(self) -> "VersionQuerySet":
        """Those that are read, wait or are being written, of claims that stand."""
        return self.filter(
            Q(is_compared=True) | Q(status__in=[Status.DRAFT, Status.CHANGES_REQUESTED]),
            claim__retracted_at__isnull=True,
        )

    def about(self, key: str) -> "VersionQuerySet":
        """Those with this entity as subject, value or asserter; looks up the key at once."""
        return self.filter(self.is_about([self._id_of("subject", key=key)]))

    def is_about(self, entities: Collection[int]) -> Q:
        """The condition that one of these entities is subject, value or asserter."""
        links = self._related("asserters").filter(entity__in=entities)
        of_it = self.model.objects.filter(subject__in=entities).values_list("pk")
        found = of_it.union(
            self.model.objects.filter(value_entity__in=entities).values_list("pk"),
            links.values_list("version"),
            all=True,
        )
        if found[: MAX_BY_ENTITY + 1].count() <= MAX_BY_ENTITY:
            return Q(pk__in=found)
        says = Exists(links.filter(version=OuterRef("pk")))
        return Q(subject__in=entities) | Q(value_entity__in=entities) | Q(says)

    def of_property(self, key: str) -> "VersionQuerySet":
        """Those that say this property of their subject; looks up the key at once."""
        return self.filter(property=self._id_of("property", key=key))

    def under_topic(self, key: str) -> "VersionQuerySet":
        """Those whose claim is filed under this topic; looks up the key at once."""
        topic = self._id_of("claim", "topics", key=key)
        ties = self._related("claim", "topic_ties").filter(claim=OuterRef("claim"), topic=topic)
        return self.filter(Exists(ties))

    def with_status(self, status: str, at: datetime) -> "VersionQuerySet":
        """Those of a status: one of review, or "published" or "retracted"."""
        return self.filter(self.is_of_status(status, at))

    def is_of_status(self, status: str, at: datetime) -> Q:
        """The condition of a status: one of review, or "published" or "retracted"."""
        if status == "retracted":
            return Q(claim__retracted_at__isnull=False)
        stands = Q(claim__retracted_at__isnull=True)
        if status == "published":
            return Q(published__contains=at) & stands
        return Q(status=status) & stands

    def dates_of_assertion(self, days: Collection[Range[date]]) -> list[str]:
        """The dates on which something was said, as typed, that have a day in common with these.

        There are as many as days on which people spoke, however many versions there are.
        """
        typed = [text for (text,) in prepared_rows(DATES_OF_ASSERTION, {})]
        return [text for text in typed if any(_days_of(text).overlaps(one) for one in days)]

    def overlapping(self, days: Range[date]) -> "VersionQuerySet":
        """Those whose period has a day in common with these."""
        return self.filter(period_days__overlap=PgRange(days.lower, days.upper, days.bounds))

    def citing(self, source_key: str) -> "VersionQuerySet":
        """Those with a quote from this source; looks up the key at once."""
        source = self._id_of("evidence", "excerpt", "source", key=source_key)
        quotes = self._related("evidence").filter(version=OuterRef("pk"), excerpt__source=source)
        return self.filter(Exists(quotes))

    def disputed(self, reader: Any, at: datetime) -> "VersionQuerySet":
        """Those whose claim is disputed, as far as the reader may know."""
        if is_staff(reader):
            return self.filter(
                self._with(
                    claim__conflict_memberships__left_at__isnull=True,
                    claim__conflict_memberships__conflict__status__in=DISPUTING,
                )
            )
        members = self._related("public_memberships").open(at)
        disputing = members.filter(version=OuterRef("pk"), conflict__status__in=DISPUTING)
        return self.published(at).filter(Exists(disputing))

    def found_by(self, search: TypedSearch, reader: Any) -> "VersionQuerySet":
        """Those with the words of a search, as far as the reader may know them."""
        query = WrittenQuery(query_of_versions(search, reader))
        return self.filter(search_words__words=query)

    def in_full(self, reader: Any, at: datetime) -> "VersionQuerySet":
        """With everything that a reader of the claim sees, in a constant number of queries.

        The author is read for staff. The open memberships in conflicts are in `open_memberships`
        of the version for the public, of its claim for staff.
        """
        premises = self._related("premises").select_related("rests_on__claim").order_by("pk")
        found = self.in_position().prefetch_related("claim__topics", Prefetch("premises", premises))
        found = found.with_evidence()
        if is_staff(reader):
            found = found.select_related("author")
            members = self._related("claim", "conflict_memberships").open()
            path, to = "claim__conflict_memberships", members.order_by("conflict_id")
        else:
            members = self._related("public_memberships").open(at)
            path, to = "public_memberships", members.order_by("conflict__number")
        return found.prefetch_related(
            Prefetch(path, to.select_related("conflict"), to_attr="open_memberships")
        )

    def in_position(self) -> "VersionQuerySet":
        """With what a reader of a conflict sees of each side: its asserters, value and period."""
        found = self.select_related(
            "claim", "subject__source", "property", "aspect", "value_entity__source"
        )
        return found.defer("words").prefetch_related(self._asserters())

    def with_evidence(self) -> "VersionQuerySet":
        """With the quotes, each with its source, the publisher and what it goes back to.

        Of withheld words it is read when that was.
        """
        quotes = self._related("evidence", "excerpt").with_withheld_at()
        pieces = self._related("evidence").select_related("own_origin").order_by("pk")
        return self.prefetch_related(
            Prefetch("evidence", pieces),
            Prefetch("evidence__excerpt", quotes.select_related("source__publisher")),
        )

    def _asserters(self) -> "Prefetch[Any]":
        """Who says it, outermost first."""
        links = self._related("asserters").select_related("entity__source")
        return Prefetch("asserters", links.order_by("position"))

    def _with(self, **related: Any) -> Exists:
        """That related rows like these exist; joins nothing, so that no row comes twice."""
        return Exists(self.model.objects.filter(pk=OuterRef("pk"), **related))

    def _id_of(self, *path: str, key: str) -> int:
        """The id of the row with this key at the end of a path of relation names; 0 of none.

        The planner knows how many rows have an id, and of a key it only guesses: by a key it reads
        all versions where a page needs fifty.
        """
        rows = self._related(*path).filter(key=key)
        return next(iter(rows.values_list("pk", flat=True)), 0)

    def _related(self, *path: str) -> Any:
        """The rows at the end of a path of relation names."""
        model: Any = self.model
        for name in path:
            model = model._meta.get_field(name).related_model
        return model.objects.all()


@lru_cache(maxsize=20_000)
def _days_of(typed: str) -> Range[date]:
    return parse_dates(typed).days


def is_number(digits: str) -> bool:
    """Whether these are ASCII digits of a number that a key can have."""
    return digits.isascii() and digits.isdigit() and len(digits) < 19
