"""What a shortened quote must not hide, and what the desk must not put into it.

A negation, a bound and a scale change what the words beside them say. The lists hold the common
ones of the languages that desks quote from; they are kept wide, for a longer quote can always be
taken.
"""

import re
import unicodedata

from sources.domain.characters import without_invisible

_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nothing|nobody|nowhere|without|cannot|hardly|barely"
    r"|scarcely|unless|except|far from|rather than|instead of|refus\w+|reject\w+|ceas\w+"
    r"|stop(?:s|ped|ping)?|lack(?:s|ed|ing)?|fail(?:s|ed|ing)?|den(?:y|ies|ied|ying)|false(?:ly)?|\w+n['’]t"
    r"|nicht|nichts|nie|niemals|kein\w*|ohne|weder|noch"
    r"|ne|pas|jamais|sans|aucun\w*|ni|nul\w*|rien"
    r"|nunca|jamás|sin|tampoco|ning[uú]n\w*|não|nem|nenhum\w*|non|mai|senza|nessun\w*"
    r"|не|нет|ни|никогда|нельзя|без|ні|немає|ніколи"
    r"|nie|ani|nigdy|bez|żad\w+|ne\w?|nikdy|"
    r"nincs|nem|sem|değil|yok|لا|لم|لن|ليس|ليست|دون)\b|\bn['’]\w"
    "|[不没沒未无無非莫勿]|ない|ません|않|없|아니",
    re.I,
)
_BOUND = (
    "minus|plus|under|below|less|fewer|than|over|above|more|almost|nearly|about|around|roughly"
    "|approximately|approx\\.?|circa|ca\\.?|some|up to|at least|at most|only|between|by half of"
    "|fast|beinahe|etwa|rund|unter|über|knapp|mindestens|höchstens|weniger|mehr|als"
    "|(?:moins|plus|près|menos|más|cerca) de|environ|presque|casi"
    "|prawie|około|ponad|niemal|blisko|mniej|więcej|niż|poniżej|powyżej|do"
    "|минус|плюс|почти|около|более|менее|свыше|до|чем|мінус|майже|близько|понад"
    "|超过|不到"
)
_SCALE = (
    r"dozens?|hundreds?|thousands?|million(?:s|en)?|billion(?:s|en)?|trillion(?:s|en)?|mn|bn|tn|m|k"
    r"|mln|mld|mio\.?|mrd\.?|per ?cent|percent|percentage|pct|basis"
    r"|tausend|milliarden?|prozent|mille|milliers|milliards?|pour cent"
    r"|tys\.?|tysi\w+|milion\w*|miliard\w*|bilion\w*|procent\w*|proc\.?"
    r"|тыс\.?|тысяч\w*|млн|миллион\w*|млрд|миллиард\w*|трлн|триллион\w*|процент\w*|тис\.?|мільйон\w*"
    r"|мільярд\w*|відсот\w*|mil|mill[oó]n(?:es)?|por ciento|[十百千万亿萬億兆]"
)
_ENDS_IN_BOUND = re.compile(
    rf"(?:\b(?:{_BOUND})|[負负近约約+<>~\u00b1\u2248\u2264\u2265\u2010-\u2015\u2212-])[\s,(]*$",
    re.I,
)
_BEGINS_WITH_SCALE = re.compile(rf"[\s-]*(?:{_SCALE})(?!\w)", re.I)
_NUMBER_BEHIND = re.compile(r"\d[%)\]]*$")
_NUMBER_AHEAD = re.compile(r"[^\w\s]{0,2}(?:[A-Z]{1,3} ?)?[^\w\s]{0,2}\d")
# What may stand inside of a word that is read without it, and letters that look like Latin ones.
_INSIDE_WORDS = re.compile(r"<[^<>\s]{1,20}>|\[\^\w{1,20}\]|[*_.\u00b7-]")
_LOOKS_LIKE = str.maketrans("аеорсухіѕ", "aeopcyxis")
# A sentence ends here: behind it no small letter follows.
_SENTENCE_END = re.compile(
    r"[.!?…][\"'”’»)\]*]*\s+(?=[\"'“‘„«(\[*]*[^\W\d_])(?![\"'“‘„«(\[*]*[a-zа-яà-ÿ])|[。！？]|\n\s*\n"
)
_FEW = 24  # code points of the parts that are looked at beside a gap


def may_be_left_out(text: str, start: int, end: int) -> bool:
    """Whether a quote may pass over this stretch of a text between two of its parts."""
    gap, before, after = _beside(text, start, end)
    if not any(map(str.isalnum, gap)) or _parts_amount(gap, before, after):
        return False
    around = before[-4:] + gap + after[:4]
    offset = len(before[-4:])
    ends = [
        found.end() - offset
        for found in _SENTENCE_END.finditer(around)
        if 0 <= found.end() - offset <= len(gap)
    ]
    if not ends:
        return not negates(gap)
    return not (negates(gap[: ends[0]]) or negates(gap[ends[-1] :]))


def sentence_before(text: str, position: int) -> str:
    """What stands between a position and the beginning of its sentence, 200 code points at most."""
    before = text[max(0, position - 200) : position]
    ends = [found.end() for found in _SENTENCE_END.finditer(before + text[position : position + 4])]
    return before[max((end for end in ends if end <= len(before)), default=0) :]


def negates(words: str) -> bool:
    """Whether words hold a negation, however it is set: not¹, **not**, no<b>t</b>, ｎｏｔ."""
    plain = "".join(" " if each.isnumeric() else each for each in without_invisible(words))
    plain = unicodedata.normalize("NFKC", plain)
    forms = {plain, _INSIDE_WORDS.sub("", plain)}
    forms.update([form.translate(_LOOKS_LIKE) for form in forms])
    return any(_NEGATION.search(form) for form in forms)


def is_harmless(text: str, start: int, end: int) -> bool:
    """Whether the desk's words may stand for this stretch of a text: within one sentence, and no
    words that they could not be themselves."""
    gap, before, after = _beside(text, start, end)
    around = before[-4:] + gap + after[:4]
    if gap.strip() and _SENTENCE_END.search(around, len(before[-4:])):
        return False
    return may_be_inserted(gap, before, after)


def may_be_inserted(words: str, before: str, after: str) -> bool:
    """Whether the desk may put these words there: who or what, never how many, and no "not"."""
    if any(_has_weight(character) for character in words) or negates(words):
        return False
    return not _parts_amount(words, before, after)


def _has_weight(character: str) -> bool:
    """Whether it is a numeral, a sign, a currency or %."""
    return (
        character.isnumeric()
        or unicodedata.category(character) in ("Sc", "Sm")
        or character in "%‰‱°"
    )


def _beside(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[start:end], text[max(0, start - _FEW) : start], text[end : end + _FEW]


def _parts_amount(gap: str, before: str, after: str) -> bool:
    """Whether a number would lose what stands beside it in the text: a scale, a bound, a minus."""
    if _NUMBER_BEHIND.search(before) and _BEGINS_WITH_SCALE.match(gap):
        return True
    if _BEGINS_WITH_SCALE.match(after) and re.search(r"\d[\s-]*$", gap):
        return True
    return _NUMBER_AHEAD.match(after) is not None and _ENDS_IN_BOUND.search(gap) is not None
