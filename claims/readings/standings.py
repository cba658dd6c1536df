"""The sources behind a claim that no longer stand as published, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from claims.models import Version
from sources.models import Source
from sources.querysets.readers import Knowing
from sources.readings.standing import standing_of


def standing_warnings(sources: Iterable[Source], *, to: Knowing) -> list[str]:
    """Return for each source that does not stand as published its name and what became of it.

    Each source once, in order. One that the reader may not know goes by its public descriptor.
    """
    warnings = []
    for source in {source.pk: source for source in sources}.values():
        is_known = to.knows(source)
        if standing := standing_of(source, is_known=is_known):
            name = source.title if is_known else source.public_descriptor
            words = {"source": name, "sentence": standing.sentence}
            warnings.append(_("%(source)s: %(sentence)s") % words)
    return warnings


def version_warnings(version: Version, *, to: Knowing) -> list[str]:
    """Return the same for the sources of a version; read it `with_evidence`."""
    return standing_warnings((piece.excerpt.source for piece in version.evidence.all()), to=to)
