"""Gaps of shortened quotes: what a person should look at first in the words that are left out.

Whatever stands in a gap, a reviewer reads and confirms it: no list of denials is complete. The
lists here only say at which words to look. They hold common denials of the languages that desks
quote from, and are kept wide.

A gap goes *over a sentence's end* where a sentence that began before it, or within it, ends in it:
what stands before and behind it then belongs to two sentences. Such a gap is confirmed with a note.
A sentence's end that the quote itself shows before the gap ("It fell. … Ships sank.") counts only
where another one is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.domain.grading.omissions import CONJUNCTIONS, denials
from sources.domain.text.characters import without_invisible
from sources.vocabulary import GapWarningKind

_NEAR = 24  # code points beside a gap that are looked at
_MAX_NAMED = 5  # words that a warning repeats
_SHOWS_AN_END = re.compile(r"[.!?…:。！？؟۔।։][\"'”’»)\]*]*$")

# Besides denials (`omissions.denials`): words by which somebody says no, doubts it, or only
# supposes it.
_TURNING = re.compile(
    r"\b(?:declin(?:e[sd]?|ing)|oppos(?:e[sd]?|ing|ition)|object(?:s|ed|ing|ions?)?|disput\w+|doubt\w*"
    r"|(?:would|could|might|should|may)(?: not)? have|contest(?:s|ed|ing)|contradict\w*|dismiss\w*"
    r"|resist\w*|rul(?:e[sd]?|ing) out|exclud\w+|withh[eo]ld\w*|withdr[ae]w\w*|suspend\w*|cancel\w*"
    r"|postpon\w*|abandon\w*|block(?:s|ed|ing)?|veto\w*|revers(?:e[sd]?|ing)|revok\w+|rescind\w*"
    r"|against|contrary|absen(?:t|ce)|short of|although|despite|if|whether|only if|purported\w*"
    r"|suppos\w+|reportedly|so-called|claim(?:s|ed|ing)?"
    r"|weiger\w+|verweiger\w+|bestreit\w+|bestritt\w*|lehn(?:t|te|ten|en)|ablehn\w+|abgelehnt\w*"
    r"|widerspr[aei]\w+|widersprochen|dementier\w+|gegen|verb(?:iet|ot)\w*|untersag\w+|hätten?"
    r"|würden?|wäre\w*|angeblich\w*|kaum|falls"
    r"|démen[ti]\w*|rejet\w+|interdi\w+|aurai\w+|serai\w+|prétend\w+|conteste\w*|contre"
    r"|neg(?:ó|aron|aba|aban|ado|ar)|nieg\w+|rechaz\w+|desm(?:in|en)t\w+|op(?:on|us)\w+|habría\w*"
    r"|supuest\w+|contra|negou|negaram|recus\w+|rejeit\w+|teria\w*|rifiut\w+|nega\w*|negò|sment\w+"
    r"|respin\w+|avrebb\w+|contro"
    r"|odm(?:ów|aw)i\w*|odmow\w+|sprzeciw\w*|zaprzecz\w*|odrzuc\w+|zakaz\w*|przeciw\w*|rzekom\w+"
    r"|jeśli|gdyby|mógłby|odmít\w+|popř\w+|popír\w+"
    r"|отказ\w*|отрица\w+|опроверг\w*|отверг\w*|отклон\w+|запре[тщ]\w*|против\w*|якобы|бы|если"
    r"|відмов\w*|заперечу\w*|заперечи\w+|спрост\w+|відхил\w+|заборон\w*|проти|нібито|якби"
    r"|weiger\w*|geweigerd|ontken\w*|betwist\w*|verw[ie]+rp\w*|zou(?:den)?|tegen|vägra\w*|neka\w*"
    r"|förnek\w*|avvis\w*|nekt\w+|benekt\w+|afvis\w*|nægt\w+|mot|skulle|kielt\w+|kieltäyty\w*"
    r"|refuz\w+|neag\w*|respins\w*|împotriva|отказа|отрече|reddet\w*|yalanla\w*|karşı|tagad\w*"
    r"|elutasít\w*|ellen\w*|αρν\w+|διαψεύδ\w+|απέρριψ\w+|menolak|membantah|từ chối|phủ nhận|bác bỏ"
    r"|[وف]?(?:ت|ي|ن|أ)?(?:رفض|نكر|عارض)\w*|[وف]?(?:نفى|نفت|ينفي|تنفي|أنكر|أنكرت|رفضت|ضد)"
    r"|تکذیب|خودداری|רד|(?:מ|ה)?סירב\w*|מסרב\w*|הכחיש\w*|מכחיש\w*|דחתה|מתנגד\w*|נגד)\b"
    "|[否拒]|反对|反對|反対|驳斥|取消|如果|本应|거부|거절|부인|반대|इनकार|इन्कार|अस्वीकार|विरोध|ปฏิเสธ|คัดค้าน",
    re.I,
)
# A mark that may end a sentence, with what closes behind it and the space up to the next words.
_END = re.compile(
    r"[.!?…؟۔।։][\"'”’»)\]*]*(?:\s+|$)[\"'“‘„«(\[*]*(?P<next>\w?)|[。！？]|\n\s*\n", re.UNICODE
)
_LAST_WORD = re.compile(r"[^\W_]+$")
_ALL_ABBREVIATIONS = (
    "mr mrs ms dr st no nos nr jr sr lt vs al ca cf pp gen sen gov rep col maj adm hon rev art fig"
    " vol inc ltd etc approx para paras sec ed eds est ch bzw usw abs bd jan feb mar apr jun jul"
    " aug sep sept oct nov dec prof pres capt corp np tzw ust str тыс млн млрд см стр"
)
_ABBREVIATIONS = frozenset(_ALL_ABBREVIATIONS.split())
_CLAUSE_END = re.compile(r";|,\s+(\w+)")


@dataclass(frozen=True, slots=True)
class GapWarning:
    """A reason to look at a gap twice; `words` are those of the gap that it is about."""

    kind: GapWarningKind
    words: tuple[str, ...] = ()


def gap_warnings(text: str, start: int, end: int) -> tuple[GapWarning, ...]:
    """The warnings about the words that a quote leaves out, the gravest first.

    `start` and `end` are code points of the text, half-open.
    """
    warnings = []
    gap = text[start:end]
    if named := tuple(_turning_words(gap))[:_MAX_NAMED]:
        warnings.append(GapWarning(GapWarningKind.TURNS, named))
    if goes_over_sentence_end(text, start, end):
        shows_it = _shows_an_end(text, start)
        kind = GapWarningKind.SENTENCES if shows_it else GapWarningKind.JOINS_SENTENCES
        warnings.append(GapWarning(kind))
    elif _ends_clause(gap):
        warnings.append(GapWarning(GapWarningKind.JOINS_CLAUSES))
    return tuple(warnings)


def goes_over_sentence_end(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends within a gap, other than the one whose end the quote shows."""
    ends = list(sentence_ends(text, start, end))
    if any(text[start:position].strip() for position in ends):
        return True
    return bool(ends) and not _shows_an_end(text, start)


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Return the ends of sentences in a span, borders included: positions behind mark and space.

    Where it cannot be told, a sentence ends; not behind an initial or a common abbreviation, and
    not before a small letter.
    """
    first = max(0, start - _NEAR)
    near = text[first : end + _NEAR]
    for found in _END.finditer(near):
        position = first + (found.start("next") if found["next"] is not None else found.end())
        word = _LAST_WORD.search(near, max(0, found.start() - _NEAR), found.start())
        is_abbreviated = found[0][0] == "." and word is not None and _is_abbreviation(word[0])
        is_end = not is_abbreviated and not (found["next"] or "").islower()
        if is_end and start <= position <= end:
            yield position


def _is_abbreviation(word: str) -> bool:
    return word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def _turning_words(gap: str) -> Iterator[str]:
    """The words of a gap that can turn what stands beside it, each once, as the text has them."""
    plain = without_invisible(" ".join(gap.split()))
    found = dict.fromkeys(match[0].strip().casefold() for match in _TURNING.finditer(plain))
    yield from dict.fromkeys([*denials(gap), *found])


def _shows_an_end(text: str, start: int) -> bool:
    """Whether a sentence ends visibly in the words before a gap."""
    before = text[max(0, start - _NEAR) : start]
    return _SHOWS_AN_END.search(before.rstrip()) is not None


def _ends_clause(gap: str) -> bool:
    """Whether a clause ends within a gap: what follows may be said of something else."""
    return any(
        match[1] is None or match[1].casefold() in CONJUNCTIONS
        for match in _CLAUSE_END.finditer(gap)
    )
