"""The rules for what a shortened quote takes from a number, and what the desk puts into a quote.

A bound and a scale change what the number beside them says, and a negation what the words beside it
say. The lists hold the common ones of the languages that desks quote from; they are kept wide, for
a longer quote can always be taken. What else may be left out, a reviewer decides, gap by gap
(`sources.domain.grading.gaps`).
"""

import re
import unicodedata

from sources.domain.text.characters import without_invisible

_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nothing|nobody|nowhere|without|cannot|hardly|barely"
    r"|scarcely|unless|except|far from|rather than|instead of|refus\w+|reject\w+|ceas\w+"
    r"|stop(?:s|ped|ping)?|lack(?:s|ed|ing)?|fail(?:s|ed|ing|ure)?|den(?:y|ies|ied|ying|ial)"
    r"|false(?:ly)?|untrue|wrong(?:ly)?|prevent\w*|prohibit\w*|forb[ai]d\w*|bann?(?:s|ed|ing)?|avoid\w*"
    r"|unlikely|unable|impossible|rarely|seldom|(?:almost|nearly)(?!\s+\W?[\d\s])|allegedly|\w+n['’ʼ´`′]t"
    r"|nicht|nichts|nie|niemals|kein\w*|ohne|weder|noch"
    r"|ne|pas|jamais|sans|aucun\w*|ni|nul\w*|rien"
    r"|nunca|jamás|sin|tampoco|ning[uú]n\w*|não|nem|nenhum\w*|non|mai|senza|nessun\w*"
    r"|не|нет|ни|никогда|нельзя|без|ні|немає|ніколи"
    r"|nie|ani|nigdy|bez|żad\w+|ne\w?|nikdy|"
    r"niet|niets|geen|nooit|zonder|inte|ikke|ikkje|ingen|inget|inga|intet|aldrig|aldri|utan|uden"
    r"|ei|eivät|emme|ette|älä|ilman|nu|nici|fără|niciodată|няма|нито|нема|невозможно"
    r"|δεν|δε|μην|μη|χωρίς|ούτε|ποτέ|όχι|tidak|bukan|tanpa|belum|không|chưa|chẳng"
    r"|nincs|nem|sem|soha|nélkül|değil|yok|asla|لا|لم|لن|ما|غير|ليس|ليست|ليسوا|بدون|دون|عدم|نه|هرگز"
    r"|לא|אין|אינו|אינה|אינם|בלי|ללא|안|못)\b|\bn['’]\w"
    "|[不没沒未无無非莫勿毋]|ない|なかった|なく|ません|않|없|아니|नहीं|बिना|मत |ไม่|ไร้|មិន|ບໍ່",
    re.I,
)
_BOUND = (
    "minus|plus|to|from|half|twice|double|triple|another|until|till|before|after|since"
    "|maximum|minimum|as (?:many|much|few|little) as|under|below|less|fewer|than|over|above"
    "|more|almost|nearly|about|around|roughly|approximately|approx\\.?|circa|ca\\.?|some"
    "|up to|at least|at most|only|between|by half of|fast|beinahe|etwa|rund|unter|über|knapp"
    "|mindestens|höchstens|weniger|mehr|als|(?:moins|plus|près|menos|más|cerca) de|environ"
    "|presque|casi|prawie|około|ponad|niemal|blisko|mniej|więcej|niż|poniżej|powyżej|do|минус"
    "|плюс|почти|около|более|менее|свыше|до|чем|мінус|майже|близько|понад|от|с|к|bis|auf|seit"
    "|zu|jusqu['’][aà]|hasta|超过|不到"
)
_SCALE = (
    r"dozens?|hundreds?|thousands?|million(?:s|en)?|billion(?:s|en)?|trillion(?:s|en)?|mn|bn|tn|m|k"
    r"|crores?|lakhs?|points?|pp|pts|fold|times|dollars?|euros?|yuan|r(?:o)?ubles?|yen|pounds?|cents?"
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
_NUMERAL = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    "|hundred|thousand|an?|half|several|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|hundert"
    "|deux|trois|quatre|cinq|huit|neuf|dix|cent|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez"
    "|dwa|dwie|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć|sto"
    "|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|сто)"
)
_NUMBER_BEHIND = re.compile(
    rf"(?:\d[%)\]]*|\b{_NUMERAL}|[〇零一二三四五六七八九十百千万亿萬億兆])[\s-]*$", re.I
)
_NUMBER_AHEAD = re.compile(
    r"[^\w\s]{0,2}(?:[A-Z]{1,3} ?)?[^\w\s]{0,2}[\d〇零一二三四五六七八九十百千万亿萬億兆]"
    rf"|(?i:{_NUMERAL})\b"
)
# What stands for a thing that was named before: the desk may name it instead.
_PRONOUNS_AND_ARTICLES = (
    "a an the this that these those it its itself he him his himself she her hers herself"
    " they them their theirs themselves we us our ours ourselves i me my mine you your yours"
    " who whom whose which there here such der die das den dem des ein eine einen einem einer"
    " eines er sie es ihn ihm ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner wir"
    " uns unser unsere ich mich mir mein dieser diese dieses diesen diesem welche welcher"
    " welches le la les l un une il elle ils elles lui leur leurs son sa ses ce cet cette ces"
    " cela nous notre je on qui celui celle ceux el los las lo una unos unas él ella ellos"
    " ellas su sus este esta estos estas ese esa eso esto i gli lei loro suo sua suoi sue"
    " questo questa questi queste egli essi o os as ele ela eles elas seu sua seus suas on ona"
    " ono oni one jego jej ich go mu im ją nim nią nimi ten ta to ci te tego tej tych temu tym"
    " my nas nasz nasza nasze swój swoja swoje który która które którzy он она оно они его ему"
    " им ее её ей ею их ими него неё нее них ним ними нём нем этот эта это эти этого этой этих"
    " мы нас нам наш наша наше свой своя свое своё свои который которая которое которые він"
    " вона воно вони його йому їх їм її цей ця це ці"
    " 他 她 它 他们 她们 它们 他們 她們 我们 我們 我 这 那 此 其 该 彼"
    " 彼ら 彼女 هو هي هم"
)
# What ties a clause to the one before it, and behind a word what it goes on with.
_ALL_CONJUNCTIONS = (
    "and but or that because while although as when where und oder aber dass weil et ou mais"
    " que y e o pero porque i a ale oraz że и а но или что й та але що"
)
_ALL_PREPOSITIONS = (
    "of in on at by to from for with about into against under during between among through"
    " over after before since until within towards toward von in im an am auf mit für aus bei"
    " zu zum zur nach über gegen während de du des d à au aux en dans par pour avec sur contre"
    " del al con por para di da dei w we z ze na do od dla po przez o przy в во с со на о об"
    " от до для по к из у за з із від"
)
_STANDS_FOR_ANOTHER = frozenset(_PRONOUNS_AND_ARTICLES.split())
CONJUNCTIONS = frozenset(_ALL_CONJUNCTIONS.split())
_PREPOSITIONS = frozenset(_ALL_PREPOSITIONS.split())
_NOTES = frozenset(["sic", "emphasis added", "translated", "emphasis in original"])
_WORD = re.compile(r"[^\W\d_]+")
# What may stand inside of a word that is read without it, and letters that look like Latin ones.
_INSIDE_WORDS = re.compile(r"<[^<>\s]{1,20}>|\[\^\w{1,20}\]|[*_.\u00b7-]")
_LOOKS_LIKE = str.maketrans("аеорсухіѕοενɴᴏᴛ", "aeopcyxisoevnot")
# A sentence ends here: behind it no small letter follows, and before it stands no abbreviation.
_SENTENCE_END = re.compile(
    r"(?<!\b\w)(?<!\b(?:Mr|Ms|Dr|St|No|Nr|Jr|Sr|Lt|vs|al|ca|cf|pp))"
    r"(?<!\b(?:Mrs|Gen|Sen|Gov|Rep|Col|Maj|Adm|Hon|Rev|Nos|Art|Fig|Vol|Inc|Ltd|etc|bzw|Jan|Feb|Mar"
    r"|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|тыс|млн))(?<!\b(?:Prof|Pres|Capt|Sept|Corp|млрд))[.!?…][\"'”’»)\]*]*\s+(?=[\"'“‘„«(\[*]*[^\W\d_])(?![\"'“‘„«(\[*]*[a-zа-яà-ÿ])|[。！？]|\n\s*\n"
)
_FEW = 24  # code points of the parts that are looked at next to a gap


def may_be_left_out(text: str, start: int, end: int) -> bool:
    """Whether a quote may pass over this span of a text between two of its parts."""
    gap, before, after = _context(text, start, end)
    return any(map(str.isalnum, gap)) and not _parts_amount(gap, before, after)


def sentence_before(text: str, position: int) -> str:
    """The words of a sentence before a position, 200 code points at most."""
    before = text[max(0, position - 200) : position]
    ends = [found.end() for found in _SENTENCE_END.finditer(before + text[position : position + 4])]
    return before[max((end for end in ends if end <= len(before)), default=0) :]


def negates(words: str) -> bool:
    """Whether words hold a negation, however it is set: not¹, **not**, no<b>t</b>, ｎｏｔ."""
    return bool(denials(words))


def denials(words: str) -> list[str]:
    """The negations that words hold, each once, in small letters."""
    plain = "".join(
        " " if each.isnumeric() else each for each in without_invisible(" ".join(words.split()))
    )
    plain = unicodedata.normalize("NFKC", plain)
    forms = [plain, _INSIDE_WORDS.sub("", plain)]
    forms += [form.translate(_LOOKS_LIKE) for form in forms]
    found = [match[0].strip().casefold() for form in forms for match in _NEGATION.finditer(form)]
    return list(dict.fromkeys(found))


def may_be_replaced(text: str, start: int, end: int, desk: str) -> bool:
    """Whether the desk's words may stand for this span of a text: for nothing, or within one
    sentence for "they" and the like and for what they have themselves."""
    gap, before, after = _context(text, start, end)
    near = before[-4:] + gap + after[:4]
    if gap.strip() and _SENTENCE_END.search(near, len(before[-4:])):
        return False
    kept = _STANDS_FOR_ANOTHER.union(_words(desk))
    return kept.issuperset(_words(gap)) and may_be_inserted(gap, before, after)


def may_open(text: str, start: int, desk: str, *, is_parted: bool = False) -> bool:
    """Whether the desk's words may stand before what begins here, in the place of nothing but
    "they" and the like. A clause may begin here, unless the quote leaves words out before."""
    before = sentence_before(text, start)
    if not before.strip() or is_note(desk):
        return True
    last = _WORD.search(before[::-1])
    is_clause = last is None or bool(before[len(before) - last.start() :].strip())
    if is_clause:
        return not is_parted
    word = last[0][::-1].casefold() if last else ""
    return word in _STANDS_FOR_ANOTHER or (not is_parted and word in CONJUNCTIONS)


def may_close(text: str, end: int, desk: str, *, is_parted: bool = False) -> bool:
    """Whether the desk's words may stand behind what ends here, in the place of nothing but "them"
    and the like; before what goes on otherwise, only as "with Russia" does."""
    after = text[end : end + 200]
    following = _WORD.search(after)
    between = after[: following.start()] if following else after
    if following is None or is_note(desk) or re.search(r"[.!?。！？]|\n\s*\n", between):
        return True
    word = following[0].casefold()
    if between.strip():
        return not is_parted
    if word in _STANDS_FOR_ANOTHER:
        return True
    joining, words = CONJUNCTIONS | _PREPOSITIONS, _words(desk)
    return not is_parted and word in joining and words[0] in joining and word not in words


def is_note(desk: str) -> bool:
    """Whether the desk's words say nothing of the matter: [sic], [and]."""
    words = _words(desk)
    return " ".join(words) in _NOTES or CONJUNCTIONS.issuperset(words)


def _words(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words)]


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


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[start:end], text[max(0, start - _FEW) : start], text[end : end + _FEW]


def _parts_amount(gap: str, before: str, after: str) -> bool:
    """Whether a number would lose what stands beside it in the text: a scale, a bound, a minus."""
    if _NUMBER_BEHIND.search(before) and _BEGINS_WITH_SCALE.match(gap):
        return True
    if _BEGINS_WITH_SCALE.match(after) and re.search(r"\d[\s-]*$", gap):
        return True
    return _NUMBER_AHEAD.match(after) is not None and _ENDS_IN_BOUND.search(gap) is not None
