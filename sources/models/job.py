"""Failures of background jobs. The jobs themselves are procrastinate's rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.constraints import is_known
from sources.models.guards import append_only
from sources.vocabulary import JobFault


class JobFailure(models.Model):
    """One try of a background job that broke off.

    `job` is the number of procrastinate's row, which goes when the job is done. `error` names the
    exception's class and, of a refusal, its code; never its words, which can quote a source.
    """

    job = models.BigIntegerField(_("job"), db_index=True)
    failed_at = models.DateTimeField(_("failed at"))
    fault = models.CharField(_("fault"), max_length=12, choices=JobFault.choices())
    error = models.CharField(_("error"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("failure of a job")
        verbose_name_plural = _("jobs that wait or failed")
        constraints = [is_known("fault", JobFault, "the fault of a job is a known fault")]
        triggers = append_only("job_failures")
