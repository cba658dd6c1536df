"""Texts that a spreadsheet takes for what they are, and not for formulas."""

# What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def guarded_text(text: str) -> str:
    """A text of which no spreadsheet makes a formula: such a one begins with an apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
