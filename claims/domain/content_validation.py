"""Whether the parts of a version's content fit together."""

from claims.domain.absence.terms import read_term
from claims.domain.content import Absence, Content
from claims.vocabulary import DecimalMark, Degree, Matching, Mode, ValueKind
from sources.domain.refusals import Refusal, quoted


class ContentRefused(Refusal):
    """Content that names what is not there, or does not fit together."""


def validate_content(content: Content, *, kind: ValueKind | None) -> None:
    """Refuse content whose parts do not fit together.

    `kind` is the value kind of the property, None without one. Raises ContentRefused, and
    TermRefused for a term that cannot be searched.
    """
    require_mode(content)
    if kind is None:
        require_no_value(content)
    else:
        require_value(content)
        require_known_mark(content)
        require_presence(content, kind)


def require_mode(content: Content) -> None:
    """Refuse an unknown mode, and somebody's word without the somebody."""
    if content.mode not in list(Mode):
        raise ContentRefused(
            "unknown_mode", f"{quoted(content.mode)} is no mode. Use one of: {', '.join(Mode)}."
        )
    if Mode(content.mode).needs_asserter and not content.asserted_by:
        raise ContentRefused(
            "asserter_missing",
            f"What is {content.mode} is somebody's word; say who asserts it (the desk is one too).",
        )


def require_known_mark(content: Content) -> None:
    """Refuse a way of writing numbers that is not known."""
    if content.decimal_mark and content.decimal_mark not in list(DecimalMark):
        raise ContentRefused(
            "unknown_decimal_mark",
            f"{quoted(content.decimal_mark)} is no decimal mark. "
            f"Use one of: {', '.join(DecimalMark)}, or none for digits with a point.",
        )


def require_no_value(content: Content) -> None:
    """Refuse what belongs to a property where none is named."""
    for name in ("value", "approximate", "decimal_mark", "aspect", "degree", "basis", "absence"):
        if getattr(content, name):
            raise ContentRefused(
                "property_missing", f"The {name} belongs to a property; say which property."
            )


def require_value(content: Content) -> None:
    """Refuse a property without its subject or its value."""
    if not content.subject:
        raise ContentRefused(
            "subject_missing", f"The property {content.property} is said of a subject; say which."
        )
    if not content.value:
        raise ContentRefused(
            "value_missing", f"The property {content.property} has a value; type it."
        )


def require_presence(content: Content, kind: ValueKind) -> None:
    """Refuse a degree of what is not present, and a search for what is not absent."""
    presence = content.value if kind == ValueKind.PRESENCE else ""
    if content.degree and presence != "present":
        raise ContentRefused("degree", "Only what is present has a degree; leave it out.")
    if content.degree and content.degree not in list(Degree):
        raise ContentRefused(
            "unknown_degree",
            f"{quoted(content.degree)} is no degree. Use one of: {', '.join(Degree)}.",
        )
    if content.absence is not None:
        if presence != "absent":
            raise ContentRefused(
                "absence", "Only what is absent is searched for; leave the search out."
            )
        require_scope(content.absence)


def require_scope(absence: Absence) -> None:
    """Refuse an absence of nothing, from nowhere, or of what cannot be searched."""
    if not absence.terms:
        raise ContentRefused("terms_missing", "An absence names the terms that are not there.")
    if bool(absence.series) == bool(absence.sources):
        raise ContentRefused(
            "scope", "An absence is from one series or from named documents; say which."
        )
    if absence.matching not in list(Matching):
        raise ContentRefused(
            "unknown_matching",
            f"{quoted(absence.matching)} is no way of matching. Use one of: {', '.join(Matching)}.",
        )
    for term in absence.terms:
        read_term(term.text, matching=Matching(absence.matching))
