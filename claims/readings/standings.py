"""The sources behind a claim that no longer stand as published, in the words of its notices."""

from collections.abc import Iterable

from claims.readings.notices import quoted_standing_text
from claims.vocabulary import Stance
from sources.models import Source
from sources.readings.reader import Reader
from sources.readings.standing import standing_of


def standing_warnings(quoted: Iterable[tuple[Source, str]], *, to: Reader) -> list[str]:
    """Return a sentence for each quoted source that does not stand as published, each once.

    `quoted` are sources with the stance in which they are quoted. Of a source that the reader may
    not know, the kind of its standing alone is said.
    """
    warnings = []
    for source, stance in quoted:
        is_known = to.knows(source)
        if standing := standing_of(source, is_known=is_known):
            warnings.append(
                quoted_standing_text(Stance(stance), source.title, standing.sentence)
                if is_known
                else standing.sentence
            )
    return list(dict.fromkeys(warnings))
