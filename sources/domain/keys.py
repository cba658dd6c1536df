"""Keys: the permanent names of rows in the API, in imports and in addresses."""

import re

# As a regular expression: letters, digits, hyphens and underscores, the first a letter or digit.
KEY = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}"

_KEY = re.compile(KEY)


def is_key(text: str) -> bool:
    """Whether a text can be a key."""
    return _KEY.fullmatch(text) is not None
