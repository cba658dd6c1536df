"""Names of authors as one reads them."""

from typing import Any

# The parts of a name in CSL-JSON, in the order in which one reads them.
PARTS = ("given", "non-dropping-particle", "family", "suffix")


def name_as_read(author: Any) -> str:
    """Return a name of CSL-JSON, literal or in parts, or a plain one, as people read it."""
    if not isinstance(author, dict):
        return str(author)
    if literal := author.get("literal"):
        return str(literal)
    return " ".join(str(author[part]) for part in PARTS if author.get(part))
