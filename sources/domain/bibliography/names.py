"""Names of authors as one reads them."""

from typing import Any

# The parts of a name in CSL-JSON, in the order in which one reads them.
PARTS = ("given", "non-dropping-particle", "family", "suffix")


# The last of the names of a work that has more of them: as pandoc reads BibTeX's “and others”, and
# as its citations print “et al.” for it.
OTHERS = "others"


def name_as_read(author: Any) -> str:
    """Return a name of CSL-JSON, literal or in parts, or a plain one, as people read it."""
    if not isinstance(author, dict):
        return str(author)
    if literal := author.get("literal"):
        return "et al." if literal == OTHERS else str(literal)
    return " ".join(str(author[part]) for part in PARTS if author.get(part))
