"""The grounds of a version: quotes, searches for an absence, and other versions."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.version import Version, with_its_version
from claims.querysets.absences import AbsenceScopeQuerySet
from claims.vocabulary import Matching, Stance
from sources.models import Excerpt, Series, Source
from sources.models.constraints import is_known
from sources.models.guards import refusal


class Evidence(models.Model):
    """The tie of a version to an excerpt, with a stance.

    `own_origin` names the source on whose authority the passage rests, where it is another's.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="evidence")
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="evidence")
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices())
    own_origin = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "excerpt"], name="a version rests on an excerpt once"
            ),
            is_known("stance", Stance, "the stance of evidence is a known stance"),
        ]
        triggers = with_its_version("evidence")


class AbsenceScope(models.Model):
    """Where an absence is claimed: a series or some sources, and the terms that are not there.

    `terms` are objects with text and, where it matters, language; `matching` says how their words
    are looked for.
    """

    version = models.OneToOneField(Version, models.PROTECT, related_name="absence_scope")
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="absence_scopes"
    )
    terms = models.JSONField()
    matching = models.CharField(
        _("matching"), max_length=10, choices=Matching.choices(), default=Matching.WORDS
    )

    objects = AbsenceScopeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(terms=[]), name="an absence names the terms that are not there"
            ),
            is_known("matching", Matching, "the matching of an absence is a known matching"),
        ]
        triggers = with_its_version("absence_scopes")


class AbsenceDocument(models.Model):
    """A source named in the scope of an absence that is not a series."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="absence_documents")
    scope = models.ForeignKey(AbsenceScope, models.PROTECT, related_name="documents")
    source = models.ForeignKey(Source, models.PROTECT, related_name="absence_scopes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "source"], name="a scope names a source once"),
        ]
        triggers = [
            *with_its_version("absence_documents"),
            pgtrigger.Trigger(
                name="absence_documents_are_of_their_scopes_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF (NOT EXISTS (SELECT FROM claims_absencescope s WHERE s.id = NEW.scope_id "
                    "AND s.version_id = NEW.version_id)) THEN "
                    f"{refusal('is of the version of its scope')} END IF; RETURN NEW;"
                ),
            ),
        ]


class Premise(models.Model):
    """That a version rests on another version; with a formula where it is computed from it."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="premises")
    rests_on = models.ForeignKey(Version, models.PROTECT, related_name="conclusions")
    formula = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "rests_on"], name="a version rests on another version once"
            ),
            models.CheckConstraint(
                condition=~Q(version=models.F("rests_on")), name="a version is not its own premise"
            ),
        ]
        triggers = with_its_version("premises")
