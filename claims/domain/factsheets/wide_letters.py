"""Letters of scripts that put no spaces between words, such as Chinese, Japanese and Thai."""

import re

_WIDE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\U0003ffff"
_ONE = re.compile(f"[{_WIDE}]")

# The end of a word in a pattern: no letter or digit follows, or one that begins a word itself.
WORD_END = rf"(?!(?![{_WIDE}])\w)"


def is_wide(letter: str) -> bool:
    """Whether a letter may be a word by itself, so that one stands beside others unspaced."""
    return _ONE.match(letter) is not None
