"""Notes of a transcript on what listeners did: [Laughter], [applause], (Applause.), （掌声）.

A speaker says none of these words, so a quote may pass over them, and they count as no words of the
speech. Only notes that consist of nothing but known words for a reaction are told: in square
brackets stand corrections and insertions of editors too ("[Ukrainian]", "[fees; White House
correction]"), which are words of the text, and so is a whole sentence in brackets, which may be
either. What could not be heard ("[Inaudible]") is no reaction: a quote that passed over it would
join words that words of the speaker part. In round brackets a note ends in a full stop, since
"(applause)" may be the author's own aside; Chinese ones need none, they are written so.
"""

import re
from collections.abc import Iterator

from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

_LONGEST = 60  # code points between the brackets
_NOTE = re.compile(
    rf"\[([^\[\]\n]{{2,{_LONGEST}}})\]|\(([^()\n]{{2,{_LONGEST}}})\.\)|（([^（）\n]{{2,{_LONGEST}}})）"
)
_BETWEEN = re.compile(r"[\s,;、，和.。]+")
_REACTIONS = frozenset(
    {
        *("applause", "laughter", "laughs", "laughing", "chuckles"),
        *("cheers", "cheering", "boos", "booing"),
        *("beifall", "applaus", "gelächter", "heiterkeit", "lachen"),
        *("applaudissements", "rires", "aplausos", "risas", "applausi", "risate"),
        *("oklaski", "brawa", "śmiech", "аплодисменты", "смех", "оплески", "сміх"),
        *("掌声", "鼓掌", "热烈鼓掌", "笑声", "掌聲", "笑聲", "拍手"),
    }
)
# How strong a reaction is, and what joins two of them.
_BESIDE = frozenset(
    {
        *("and", "loud", "long", "prolonged", "sustained", "renewed", "general"),
        *("und", "lebhafter", "anhaltender", "et", "vifs", "y", "e", "i"),
        *("и", "та", "продолжительные", "бурные"),
    }
)


def find_audience(text: str) -> Iterator[Span]:
    """Find the notes on what listeners did, with their brackets, in order."""
    for note in _NOTE.finditer(text):
        words = {word for word in _BETWEEN.split(note[note.lastindex or 0].lower()) if word}
        if words & _REACTIONS and words <= _REACTIONS | _BESIDE:
            yield Span(*note.span(), ApparatusKind.AUDIENCE)
