"""Han characters in their simplified and traditional forms, by the tables of OpenCC."""

from functools import cache, lru_cache
from typing import Final, Protocol

# From simplified ones to those of all regions, of Taiwan and of Hong Kong; and back.
_CONVERSIONS: Final = ("s2t", "s2tw", "s2hk", "t2s")


class _Converter(Protocol):
    def convert(self, string: str) -> str: ...


@lru_cache(maxsize=50_000)
def simplified(character: str) -> str:
    """The simplified form of one Han character; itself where it has no other."""
    return _converter("t2s").convert(character)


def han_spellings(text: str) -> list[str]:
    """A text in other Han characters, simplified or traditional, as far as these differ.

    Traditional characters depend on the words: 发展 is 發展 and 头发 is 頭髮.
    """
    plain = _converter("t2s").convert(text)
    written = (_converter(name).convert(plain) for name in _CONVERSIONS)
    return [each for each in dict.fromkeys(written) if each != text]


@cache
def _converter(name: str) -> _Converter:
    import opencc  # reads its tables, which only Chinese needs

    converter: _Converter = opencc.OpenCC(name)
    return converter
