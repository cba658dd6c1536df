"""Letters of scripts that put no spaces between words, such as Chinese and Japanese."""

# From here on; what is before it has spaces, but for scripts that the desk does not read yet.
_FIRST = "\u2e80"

# The end of a word in a pattern: no letter or digit follows, or one that begins a word itself.
WORD_END = rf"(?!(?![{_FIRST}-\U0003ffff])\w)"


def is_wide(letter: str) -> bool:
    """Whether a letter may be a word by itself, so that one stands beside others unspaced."""
    return letter >= _FIRST
