"""Raised and lowered characters as Unicode writes them: 10⁶ and CO₂ are not 106 and CO2."""

import re

RAISED = str.maketrans("0123456789+-\u2212\u2013=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans(
    "0123456789+-\u2212\u2013=()aeoxhklmnpstij", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼ"
)
# Letters that are raised by custom and mean the same on the line: 80th, 2e, Mme, ™.
_BY_CUSTOM = re.compile(
    r"(?:st|nd|rd|th|e|er|re|ère|ème|eme|es|me|mes|lle|os?|as?|ª|º|TM|SM|MC|®|©|™)", re.I
)
_DIGITS = re.compile(r"\d")
# Longer than this it is a phrase in small print and no exponent.
_SHORT = 12


def raised(text: str, before: str = "") -> str:
    """Write raised characters: in Unicode's own form, or behind ^ where it has none.

    `before` is what stands before it: a letter that is raised by custom is an exponent there only
    where no word and no figure stands before.
    """
    if all(ord(character) in RAISED for character in text):
        return text.translate(RAISED) if text.strip() else text
    if _BY_CUSTOM.fullmatch(text) or not _is_formula(text):
        return text
    if _DIGITS.search(text) and not before[-1:].isdigit():
        return text.translate(RAISED)  # marks of several notes, or in brackets: ¹,²
    return f"^{text}" if len(text) == 1 or text.isalnum() else f"^({text})"


def lowered(text: str) -> str:
    """Write lowered characters: in Unicode's own form, or behind _ where it has none."""
    if all(ord(character) in LOWERED for character in text):
        return text.translate(LOWERED) if text.strip() else text
    if not _is_formula(text):
        return text
    return f"_{text}" if len(text) == 1 or text.isalnum() else f"_({text})"


def _is_formula(text: str) -> bool:
    return bool(text.strip()) and len(text) <= _SHORT
