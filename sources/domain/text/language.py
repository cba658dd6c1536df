"""The language of a text, told by the small words that no running text of a language is without."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import islice

_SAMPLE = 20_000  # words of a text that are looked at
_SHARE = 0.08  # of them that are small words of a language, at least

_WORD = re.compile(r"[^\W\d_]+")

# The commonest small words of each language, by its code in BCP 47.
SMALL_WORDS = {
    "bg": "и в на да от се за не с по това че са като до ще е при или към",
    "ca": "de la el i que a les en els per del un una amb és al es no com més",
    "cs": "a se v na je že s z o do i to pro ve by ale jako za jsou které od podle",
    "da": "og i at det er en til af på for med den de som ikke har et der fra var",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch",
    "el": "και το να του η της με που την από για τα είναι ο στην στο οι των σε δεν",
    "en": "the of and to in a is that for it as was with be by on not he at from are this",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más",
    "et": "ja on ei et ka kui see oli ning mis oma aga või selle siis ta mida ole kes",
    "fi": "ja on ei että se oli hän mutta kun myös ovat joka tai sen mukaan sekä jo ole",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se",
    "ga": "an na agus ar a go i is le do bhí sé ag as seo ach leis atá den",
    "hr": "i u je se na da su za od s a o koji će ne kao iz što bi po ili",
    "hu": "a az és hogy nem is egy volt meg de csak mint már még ez el ki vagy van",
    "id": "yang dan di dengan untuk dari ini itu pada dalam tidak akan ke juga oleh adalah ada",
    "is": "og að í á er sem til við var það um en af ekki með hann eru fyrir",
    "it": "di e la il che in a un per è del una non i le si da con sono al come più",
    "lt": "ir kad į iš yra su buvo tai o ne kaip už apie bet per dėl jis nuo",
    "lv": "un ir ar no kas par uz tas bet kā pie arī gada to tika vai nav ka",
    "mt": "ta li u fil tal għal huwa dan il ma din lil hija minn f' jew kien",
    "nb": "og i det er på til som en å for av at med de ikke den har et han om fra var",
    "nl": "de van het een en in is dat op te zijn met voor niet die aan er om als ook bij",
    "pl": "i w na z się nie że do jest to o a po jak ale od przez za dla są oraz",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como é ao",
    "ro": "de și în a la cu nu pe că din o să care mai este ce un pentru au ca fi",
    "ru": "и в не на что с по как из для к от это его а но за его был о также при до",
    "sk": "a v sa na je že s z do to ako o za so by pre pri sú ktoré aj od podľa",
    "sl": "in v je na se da za z so ki s pa bi ne po o tudi pri kot iz ali",
    "sq": "të e në dhe i për me një që nga si së ka nuk është u do më ishte",
    "sr": "и у је се на да су за од с а о који ће не као из што би по или",
    "sv": "och i att det som en på är av för med till den har de inte om ett var från",
    "sw": "na ya wa kwa ni katika za la kuwa hii cha yake kama pia hiyo si",
    "tl": "ng sa ang na mga ay at ni para ito siya kay hindi may isang",
    "tr": "ve bir bu da de için ile olarak çok daha olan ne gibi kadar sonra ise ya en",
    "uk": "і в не на що з та до як за у про від це для його але а є при або",
    "vi": "của và là các được có trong cho với không này một người đã những để khi",
}


@cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in SMALL_WORDS.items():
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


def words_in(text: str) -> list[str]:
    """The first words of a text, in small letters."""
    return [found.group().lower() for found in islice(_WORD.finditer(text), _SAMPLE)]


def shares(words: Sequence[str]) -> list[tuple[str, float]]:
    """How much of these words are small words of each language, the most first."""
    languages = _languages_of_words()
    counted: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for language in languages.get(word, ()):
            counted[language] += times
    return [(language, times / len(words)) for language, times in counted.most_common()]


def language_of(text: str) -> str:
    """The language of a text, as in BCP 47; empty where it cannot be told.

    Only languages that are written in Latin, Cyrillic or Greek letters are told.
    """
    words = words_in(text)
    found = shares(words) if words else []
    return found[0][0] if found and found[0][1] >= _SHARE else ""
