"""The subjects of claims: entities, properties and topics."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.querysets.entities import EntityQuerySet, PropertyQuerySet, TopicQuerySet
from claims.vocabulary import DateExtent, EntityKind, PropertyTime, ValueKind
from sources.models import Series, Source
from sources.models.constraints import is_known, key_constraint
from sources.models.guards import Fixed, any_differs, refusal, with_history


@with_history("entities")
class Entity(models.Model):
    """A subject or an asserter of claims: country, person, event, document, concept.

    An entity that was merged into another stays, and points to the one that survives.
    """

    key = models.SlugField(_("key"), max_length=100, unique=True, db_collation="C")
    label = models.CharField(_("label"), max_length=300)
    kind = models.CharField(_("kind"), max_length=15, choices=EntityKind.choices())
    aliases = models.JSONField(_("aliases"), default=list, blank=True)
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True)
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    source = models.OneToOneField(
        Source, models.PROTECT, null=True, blank=True, related_name="entity"
    )
    series = models.OneToOneField(
        Series, models.PROTECT, null=True, blank=True, related_name="entity"
    )
    search_text = models.TextField(editable=False, default="")

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("entity")
        verbose_name_plural = _("entities")
        constraints = [
            key_constraint("the key of an entity is a slug"),
            is_known("kind", EntityKind, "the kind of an entity is a known kind"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="an entity is not merged into itself",
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="an entity is not part of itself",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | Q(kind=EntityKind.DOCUMENT),
                name="only a document entity stands for a source",
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True) | Q(kind=EntityKind.SERIES),
                name="only a series entity stands for a series",
            ),
        ]
        triggers = [Fixed(name="entities_keep_their_key", fields=["key"])]

    def __str__(self) -> str:
        return self.label


@with_history("topics")
class Topic(models.Model):
    """A subject heading; as the aspect of a claim it says which side of the entity is meant."""

    key = models.SlugField(_("key"), max_length=100, unique=True, db_collation="C")
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [key_constraint("the key of a topic is a slug")]
        triggers = [Fixed(name="topics_keep_their_key", fields=["key"])]

    def __str__(self) -> str:
        return self.name


# What stays of a property once a claim uses it: it says what the claim's value means.
FIXED_ONCE_USED = ["value_kind", "unit", "time", "date_extent"]


@with_history("properties")
class Property(models.Model):
    """A property of entities that claims state; kind, unit, time and extent stay once in use."""

    key = models.SlugField(_("key"), max_length=100, unique=True, db_collation="C")
    label = models.CharField(_("label"), max_length=300)
    value_kind = models.CharField(_("kind of value"), max_length=10, choices=ValueKind.choices())
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    single_valued = models.BooleanField(
        _("one value at a time"),
        default=True,
        help_text=_("Two different values at one time are then a conflict."),
    )
    time = models.CharField(
        _("time"), max_length=5, choices=PropertyTime.choices(), default=PropertyTime.STATE
    )
    date_extent = models.CharField(
        _("extent of a date"),
        max_length=6,
        choices=DateExtent.choices(),
        default=DateExtent.WITHIN,
        help_text=_("Whether a date of several days is one day of them, or all."),
    )
    bases = models.JSONField(
        _("bases"),
        default=list,
        blank=True,
        help_text=_("What its values are comparable on; without any, claims say it in free text."),
    )

    objects = PropertyQuerySet.as_manager()

    class Meta:
        verbose_name = _("property")
        verbose_name_plural = _("properties")
        constraints = [
            key_constraint("the key of a property is a slug"),
            is_known("value_kind", ValueKind, "the value kind of a property is a known kind"),
            is_known("time", PropertyTime, "the time of a property is a known relation"),
            is_known("date_extent", DateExtent, "the extent of a date is a known extent"),
            models.CheckConstraint(
                condition=Q(date_extent=DateExtent.WITHIN) | Q(value_kind=ValueKind.DATE),
                name="only a date is all of its days",
            ),
            models.CheckConstraint(
                condition=Q(unit="") | Q(value_kind=ValueKind.QUANTITY),
                name="only a quantity has a unit",
            ),
        ]
        triggers = [
            Fixed(name="properties_keep_their_key", fields=["key"]),
            pgtrigger.Trigger(
                name="used_properties_keep_kind_unit_time_extent",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    f"IF (({any_differs(FIXED_ONCE_USED)}) AND EXISTS ("
                    "SELECT FROM claims_version v WHERE v.property_id = OLD.id)) THEN "
                    f"{refusal('keeps kind, unit, time and extent once a claim uses it')} "
                    "END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label
