"""The support of versions, by independent origins: from their evidence, and in words.

Origins are read as they are noted now, so that a tie that is added or taken back tells at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.support import Document, Support, grouped
from claims.readings.facts import EvidenceFacts
from claims.vocabulary import Stance
from sources.readings.reader import Reader
from sources.readings.sources import SourceReading, source_reading
from sources.vocabulary import Standing

# Who published these took back what they say: they support nothing any more.
TAKEN_BACK = (Standing.RETRACTED, Standing.WITHDRAWN)

Ties = dict[int, set[int]]
NO_SUPPORT = Support()


def support_of_evidence(
    evidence: Iterable[EvidenceFacts],
    sources: Mapping[int, SourceReading],
    stance: Stance = Stance.SUPPORTS,
) -> Support:
    """The support that the quotes of a stance give together; `sources` are those read, by id.

    Origins count as they are noted, whether the reader may know them or not.
    """
    documents: dict[int, Document] = {}
    ties: Ties = defaultdict(set)
    for piece in evidence:
        source = piece.source
        if piece.stance != stance or source.standing in TAKEN_BACK:
            continue
        if source.id not in documents:
            told = sources[source.id]
            documents[source.id] = Document(
                source.id, told.title, told.key, told.publisher or "", told.authors
            )
        if piece.own_origin is not None:
            ties[source.id].add(piece.own_origin)
        for derived, origin in piece.origins:
            ties[derived].add(origin)
    if len(documents) < 2:
        return Support((tuple(documents.values()),)) if documents else NO_SUPPORT
    groups = grouped(documents, [ties]) if ties else [(source,) for source in documents]
    return Support(tuple(tuple(documents[source] for source in group) for group in groups))


def told_sources(evidence: Iterable[EvidenceFacts], reader: Reader) -> dict[int, SourceReading]:
    """The sources of these quotes as far as the reader may know them, each read once, by id."""
    found: dict[int, SourceReading] = {}
    for piece in evidence:
        if piece.source.id not in found:
            found[piece.source.id] = source_reading(piece.source, reader)
    return found


def support_text(support: Support) -> str:
    """The four numbers: "2 independent origins (3 documents, 3 publishers, 4 authors)".

    Publishers and authors are those that the reader may know, and left out where there are none.
    """
    if not support.documents:
        return origins_text(support)
    documents = ngettext("%(n)d document", "%(n)d documents", support.documents)
    publishers = ngettext("%(n)d publisher", "%(n)d publishers", support.publishers)
    authors = ngettext("%(n)d author", "%(n)d authors", support.authors)
    counted = [
        words % {"n": n}
        for words, n in (
            (documents, support.documents),
            (publishers, support.publishers),
            (authors, support.authors),
        )
        if n
    ]
    return _("%(origins)s (%(counted)s)") % {
        "origins": origins_text(support),
        "counted": ", ".join(counted),
    }


def origins_text(support: Support) -> str:
    """The one number that matters, for lists: "2 independent origins"."""
    if not support.documents:
        return _("no supporting source")
    origins = ngettext("%(n)d independent origin", "%(n)d independent origins", support.independent)
    return origins % {"n": support.independent}


def shared_texts(support: Support) -> list[str]:
    """Which documents count once, a sentence for each group; only those that may be named."""
    groups = ([one.name for one in group if one.key] for group in support.groups)
    return [
        _("%(documents)s share an origin and count once.")
        % {"documents": ", ".join(f"“{name}”" for name in names)}
        for names in groups
        if len(names) > 1
    ]
