"""The content of a claim at one time, and where it stands in review."""

import builtins
from datetime import datetime

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateRangeField,
    DateTimeRangeField,
    DecimalRangeField,
    RangeOperators,
)
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.entity import Entity, Property, Topic
from claims.models.fields import NumericField
from claims.querysets.versions import VersionQuerySet
from claims.vocabulary import DecimalMark, Degree, Mode, Status
from sources.models.constraints import is_known
from sources.models.guards import append_only, refusal, with_history

VALUE_COLUMNS = ("amount", "dates", "truth", "value_entity", "value_text")

needs_asserter = pgtrigger.Trigger(
    name="judgements_and_expectations_name_who_says_so",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Q(new__mode__in=[mode.value for mode in Mode if mode.needs_asserter]),
    func=(
        "IF (NOT EXISTS (SELECT FROM claims_asserter a WHERE a.version_id = NEW.id)) THEN "
        f"{refusal('of this mode names who says so')} END IF; RETURN NULL;"
    ),
)

needs_review = pgtrigger.Trigger(
    name="approved_versions_have_an_approving_review",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Q(new__status=Status.APPROVED.value),
    func=" ".join(
        (
            "IF (NOT EXISTS (SELECT FROM claims_review r WHERE r.version_id = NEW.id",
            "AND r.decision = 'approve' AND r.reviewer_id <> NEW.author_id)) THEN",
            refusal("is approved by the review of another person only"),
            "END IF;",
            "IF (EXISTS (SELECT FROM claims_evidence e",
            "WHERE e.version_id = NEW.id AND NOT EXISTS (",
            "SELECT FROM claims_judgement j JOIN claims_review r ON r.id = j.review_id",
            "WHERE r.version_id = NEW.id AND j.evidence_id = e.id",
            "AND (j.makes_claim OR j.answer = 'partly'",
            "OR e.stance <> 'supports' AND j.answer <> 'no')))) THEN",
            refusal("is approved when every quote was judged, and supporting ones make the claim"),
            "END IF;",
            "RETURN NULL;",
        )
    ),
)

# What a version's status may become; a new version begins as draft or submitted.
MOVES = {
    Status.DRAFT: [Status.SUBMITTED, Status.WITHDRAWN, Status.SUPERSEDED],
    Status.SUBMITTED: [
        Status.APPROVED,
        Status.CHANGES_REQUESTED,
        Status.REJECTED,
        Status.WITHDRAWN,
        Status.SUPERSEDED,
    ],
    Status.CHANGES_REQUESTED: [Status.SUPERSEDED],
}

moves_forward = pgtrigger.Trigger(
    name="versions_move_forward_through_review",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=" ".join(
        (
            "IF (TG_OP = 'INSERT') THEN",
            "IF (NEW.status NOT IN ('draft', 'submitted')) THEN",
            refusal("begins as draft or submitted"),
            "END IF;",
            "IF (NEW.recorded_in <> txid_current()) THEN",
            refusal("names the transaction that writes it"),
            "END IF;",
            "ELSIF (NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (",
            ", ".join(f"('{old}', '{new}')" for old, news in MOVES.items() for new in news),
            ")) THEN",
            refusal("moves forward through review only"),
            "END IF;",
            "RETURN NEW;",
        )
    ),
)


@with_history("versions", fields=["id", "claim", "number", "status", "published"])
class Version(models.Model):
    """The content of a claim at one time: statement, assertion, evidence. Content never changes.

    The value is kept as typed in `value` and stored in the one of `amount` (in the property's
    unit), `dates`, `truth`, `value_entity` and `value_text` that its property asks for. Ranges are
    half-open but for counts. `period` is when it held, `recorded_at` when we learned it,
    `asserted_on` when it was said. `published` is when this was what readers saw, half-open.

    `point` is the number written, in the property's unit, null for bounds and ranges. `is_newest`
    marks one version of each claim: the latest that was not put aside, or the last of all.

    `detection_key` and `is_compared` serve conflict detection; by `key_without_basis` the same
    question is found on other bases. `counts_by_value` is false where it has evidence and nothing
    supports it: its value is held against no other. `search_text` is the folded form of the words,
    and `words` its index; `recorded_in` is the database transaction that wrote the version, in
    which alone evidence may join it. An editor who takes it off the public pages says when and why.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="authored_versions",
        verbose_name=_("author"),
    )
    change_note = models.TextField(_("change note"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_in = models.BigIntegerField(editable=False, db_default=Func(function="txid_current"))
    status = models.CharField(_("status"), max_length=20, choices=Status.choices())
    published = DateTimeRangeField(_("published"), null=True, blank=True)
    taken_off_at = models.DateTimeField(_("taken off at"), null=True, blank=True)
    taken_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_off_reason = models.TextField(_("reason for taking it off"), null=True, blank=True)
    content_hash = models.CharField(max_length=64, db_collation="C")
    hash_format = models.PositiveSmallIntegerField()
    salt = models.CharField(max_length=32)

    statement = models.TextField(_("statement"))
    language = models.CharField(_("language"), max_length=35, default="en")
    subject = models.ForeignKey(
        Entity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("subject"),
    )
    property = models.ForeignKey(
        Property,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("property"),
    )
    aspect = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="aspect_of",
        verbose_name=_("aspect"),
    )
    basis = models.CharField(_("basis"), max_length=120, blank=True)
    value = models.TextField(_("value"), blank=True)
    as_written = models.TextField(_("as written"), blank=True)
    amount = DecimalRangeField(null=True, blank=True)
    point = NumericField(null=True, blank=True, editable=False)
    dates = DateRangeField(null=True, blank=True)
    truth = models.BooleanField(null=True, blank=True)
    value_entity = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="value_of"
    )
    value_text = models.TextField(null=True, blank=True)
    degree = models.CharField(_("degree"), max_length=15, blank=True, choices=Degree.choices())
    approximate = models.BooleanField(_("approximate"), default=False)
    decimal_mark = models.CharField(
        _("decimal mark"), max_length=5, blank=True, choices=DecimalMark.choices()
    )
    period = models.CharField(_("period"), max_length=60, blank=True)
    period_days = DateRangeField(null=True, blank=True)
    asserted_on = models.CharField(_("asserted on"), max_length=60, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices(), default=Mode.STATED)

    detection_key = models.CharField(
        max_length=64, null=True, blank=True, editable=False, db_collation="C"
    )
    key_without_basis = models.CharField(
        max_length=64, null=True, blank=True, editable=False, db_collation="C"
    )
    is_compared = models.BooleanField(default=False, editable=False)
    counts_by_value = models.BooleanField(default=True, db_default=True, editable=False)
    is_newest = models.BooleanField(default=False, editable=False)
    search_text = models.TextField(editable=False)
    words = models.GeneratedField(
        expression=SearchVector("search_text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"], name="a claim has a version of each number once"
            ),
            models.UniqueConstraint(
                fields=["id", "author", "content_hash"],
                name="a review can name a version with author and hash",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(status__in=[Status.DRAFT, Status.SUBMITTED]),
                name="a claim has one version that is draft or submitted",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(is_newest=True),
                name="a claim has one newest version",
            ),
            is_known("status", Status, "the status of a version is a known status"),
            is_known("mode", Mode, "the mode of a version is a known mode"),
            models.CheckConstraint(
                condition=Q(degree="") | Q(degree__in=list(Degree)),
                name="the degree of a presence is a known degree",
            ),
            models.CheckConstraint(
                condition=Q(decimal_mark="") | Q(decimal_mark__in=list(DecimalMark)),
                name="the decimal mark of a value is a known mark",
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=True) | Q(status=Status.APPROVED),
                name="only approved versions are published",
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=True) | Q(published__startswith__isnull=False),
                name="a publication has a beginning",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_off_at__isnull=True,
                    taken_off_by__isnull=True,
                    taken_off_reason__isnull=True,
                )
                | Q(
                    taken_off_at__isnull=False,
                    taken_off_by__isnull=False,
                    taken_off_reason__regex=r"\S",
                ),
                name="taking a version off says when, by whom and why",
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=True)
                | Q(published__lower_inc=True, published__upper_inc=False),
                name="a publication holds its first moment and not its end",
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=True)
                | Q(published__startswith__gte=F("recorded_at")),
                name="a version is not published before it is written",
            ),
            models.CheckConstraint(
                condition=Q(taken_off_at__isnull=True)
                | Q(published__isnull=True)
                | Q(published__endswith__lte=F("taken_off_at")),
                name="what was taken off is published no more",
            ),
            models.CheckConstraint(
                condition=Q(property__isnull=True) | Q(subject__isnull=False),
                name="a property is said of a subject",
            ),
            models.CheckConstraint(
                condition=Q(aspect__isnull=True) | Q(property__isnull=False),
                name="an aspect belongs to a property",
            ),
            models.CheckConstraint(
                condition=Q(
                    Func(
                        F("property"),
                        *(F(column) for column in VALUE_COLUMNS),
                        template="(num_nonnulls(%(expressions)s) IN (0, 2))",
                        output_field=models.BooleanField(),
                    )
                ),
                name="a version has one value with a property and none without",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="the versions of a claim are numbered from 1"
            ),
            ExclusionConstraint(
                name="published ranges of a claim never overlap",
                expressions=[
                    (
                        Func(F("claim"), F("claim"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("published", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(
                fields=["detection_key", "period_days"],
                include=["property", "amount", "dates", "truth", "counts_by_value"],
                condition=Q(is_compared=True),
                name="compared_by_key",
            ),
            models.Index(
                fields=["key_without_basis", "claim", "number"],
                condition=Q(is_compared=True),
                name="compared_on_any_basis",
            ),
            models.Index(
                fields=["claim"],
                condition=Q(published__isnull=False),
                name="published_by_claim",
            ),
            models.Index(
                fields=["-claim", "-number"],
                condition=Q(taken_off_at__isnull=False),
                name="versions_taken_off",
            ),
            models.Index(
                fields=["status", "-claim"], condition=Q(is_newest=True), name="newest_by_status"
            ),
            GistIndex(
                fields=["period_days"],
                condition=Q(published__isnull=False),
                name="published_by_period",
            ),
            models.Index(fields=["subject", "property", "aspect"], name="versions_by_subject"),
            GinIndex(fields=["words"], name="versions_by_words"),
            models.Index(Func("published", function="lower"), "claim", name="versions_by_begin"),
            models.Index(Func("published", function="upper"), name="versions_by_end"),
            models.Index(fields=["recorded_at", "claim"], name="versions_by_recording"),
            models.Index(Func("period_days", function="lower"), "claim", name="versions_by_period"),
            models.Index(
                fields=["asserted_on"],
                condition=~Q(asserted_on=""),
                name="versions_by_date_of_assertion",
            ),
        ]
        triggers = [
            *append_only(
                "versions",
                changing=[
                    *("status", "published", "is_newest"),
                    *("detection_key", "key_without_basis", "is_compared"),
                ],
                once=["taken_off_at", "taken_off_by", "taken_off_reason"],
                withholdable=["statement", "as_written", "value_text", "salt", "search_text"],
            ),
            moves_forward,
            needs_asserter,
            needs_review,
        ]

    def __str__(self) -> str:
        return self.ref

    @builtins.property
    def ref(self) -> str:
        """The reference, such as C17/v2."""
        return f"C{self.claim_id}/v{self.number}"

    def is_published(self, at: datetime) -> bool:
        """Whether this is what readers see at that time; `published` as a query."""
        if self.published is None:
            return False
        begins, ends = self.published.lower, self.published.upper
        return bool(begins <= at and (ends is None or at < ends))


# A part of a version comes after its transaction, or after somebody decided on it.
COMES_TOO_LATE = (
    "NOT EXISTS (SELECT FROM claims_version v "
    "WHERE v.id = NEW.version_id AND v.recorded_in = txid_current()) "
    "OR EXISTS (SELECT FROM claims_review r WHERE r.version_id = NEW.version_id)"
)


def with_its_version(rows: str) -> list[pgtrigger.Trigger]:
    """The triggers of what belongs to a version's content: append-only, and only with it.

    A row joins in the transaction that wrote its version and before any review, so that nothing
    is added to what somebody already read.
    """
    return [
        *append_only(rows),
        pgtrigger.Trigger(
            name=f"{rows}_come_with_their_version",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=(
                f"IF ({COMES_TOO_LATE}) THEN "
                f"{refusal('comes in the transaction of its version')} END IF; RETURN NEW;"
            ),
        ),
    ]


class Asserter(models.Model):
    """One link in the chain of those who say so, the outermost at position 0.

    An entity, or the description of somebody unnamed ("a senior official").
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="asserters")
    position = models.PositiveSmallIntegerField()
    entity = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="assertions"
    )
    description = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="a place in a chain of asserters is taken once"
            ),
            models.CheckConstraint(
                condition=Q(entity__isnull=False, description="")
                | (Q(entity__isnull=True) & ~Q(description="")),
                name="an asserter is an entity or is described",
            ),
        ]
        triggers = with_its_version("asserters")

    def __str__(self) -> str:
        return self.description or str(self.entity)
