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


def family_name(author: Any) -> str:
    """Return the family name of a name; of one that is not in parts, its last word."""
    if isinstance(author, dict) and author.get("family"):
        return str(author["family"])
    before, comma, _behind = name_as_read(author).partition(",")
    return before.strip() if comma else " ".join(before.split()[-1:])


def forms_of_name(author: Any) -> list[str]:
    """Return a name as it is read, family name first, and with an initial for the given one."""
    name, family = name_as_read(author), family_name(author)
    given = str(author.get("given") or "") if isinstance(author, dict) else ""
    if not (family and given):
        return [name]
    orders = (f"{given} {family}", f"{family} {given}", f"{family}, {given}")
    return [name, *orders, f"{given[0]}. {family}"]
