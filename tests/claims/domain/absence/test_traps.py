"""Traps: words that are in a text though a plain search says that they are not.

For each trap a text, a term, and what a search says of it: a hit, or what comes close and asks for
an answer, or that it does not know. No absence holds while a neighbour has no answer. Synonyms are
the exception: no machine knows them, and the pages say so in words.
"""

from dataclasses import dataclass

import pytest

from claims.domain.absence.absence_search import TextMatches, TextResult, search_text, summarize
from claims.vocabulary import AbsenceStatus, Matching, NearMiss
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

# A sentence of each language, so that a text is of one.
SENTENCES = {
    "en": "The leaders of the four countries speak of {} in the statement that they made.",
    "de": "Die Regierung hat in der Erklärung von {} und auch mit den anderen gesprochen.",
    "fr": "Dans la déclaration les ministres parlent de {} et de la paix pour tous.",
    "pl": "W deklaracji, którą podpisali, jest mowa o {} i o innych, ale nie od dziś.",
    "ru": "В заявлении, которое подписали в Москве, говорится о {} и о других, но не так.",
    "uk": "У заяві, яку підписали для всіх, йдеться про {} та про інше, але не від них.",
    "lv": "Paziņojumā, ko parakstīja, ir runa par {} un par citiem, bet nav vairs.",
    "el": "Στη δήλωση που υπέγραψαν για την ειρήνη γίνεται λόγος για {} και για το μέλλον.",
    "zh": "四国领导人在声明中谈到了{}和其他问题。",
}
HIT, NOTHING = "hit", "nothing"
ASKS_NOBODY = (NOTHING, NearMiss.LEFT_OUT, NearMiss.COMMON)


@dataclass(frozen=True)
class Trap:
    """Words that a text has in its sentence, a term, and the expected answer."""

    language: str
    says: str
    term: str
    expected: NearMiss | str

    def __str__(self) -> str:
        return f"{self.language}: {self.term} / {self.says}".replace("\n", " ")


TRAPS = [
    # Spelling
    Trap("en", "denuclearisation", "denuclearization", NearMiss.SPELLING),
    Trap("en", "labour", "labor", NearMiss.SPELLING),
    Trap("en", "theatres", "theater", NearMiss.SPELLING),
    Trap("en", "defences", "defense", NearMiss.SPELLING),
    Trap("en", "paediatrics", "pediatrics", NearMiss.SPELLING),
    Trap("en", "signalling", "signaling", NearMiss.SPELLING),
    Trap("de", "Potenzial", "Potential", NearMiss.SPELLING),
    Trap("de", "Tuerkei", "Türkei", NearMiss.SPELLING),
    Trap("de", "Strasse", "Straße", HIT),
    Trap("fr", "oeuvre", "œuvre", NearMiss.SPELLING),
    Trap("uk", "проект", "проєкт", NearMiss.SPELLING),
    Trap("ru", "учет", "учёт", HIT),
    Trap("pl", "wspolpraca", "współpraca", HIT),
    # Misspelled
    Trap("en", "the Power of Sibiria 2", "Power of Siberia 2", NearMiss.ALIKE),
    Trap("en", "sancttions", "sanctions", NearMiss.SPELLING),
    Trap("pl", "denuklearzyacji", "denuklearyzacji", NearMiss.ALIKE),
    # Inflection
    Trap("en", "sanctioned goods", "sanctions", NearMiss.INFLECTED),
    Trap("en", "children", "child", NearMiss.INFLECTED),
    Trap("en", "denuclearizations", "denuclearization", NearMiss.INFLECTED),
    Trap("de", "Verträgen", "Vertrag", NearMiss.INFLECTED),
    Trap("de", "Ländern", "Land", NearMiss.INFLECTED),
    Trap("pl", "sankcjami", "sankcje", NearMiss.INFLECTED),
    Trap("pl", "Syberii", "Syberia", NearMiss.INFLECTED),
    Trap("pl", "ludziach", "człowiek", NearMiss.INFLECTED),
    Trap("ru", "Силе Сибири — 2", "Сила Сибири-2", NearMiss.INFLECTED),
    Trap("ru", "газе", "газ", NearMiss.INFLECTED),
    Trap("ru", "людях", "человек", NearMiss.INFLECTED),
    Trap("uk", "санкціями", "санкції", NearMiss.INFLECTED),
    Trap("lv", "sankcijām", "sankcija", NearMiss.INFLECTED),
    # Compounds
    Trap("de", "Wirtschaftssanktionen", "Sanktion", NearMiss.ALIKE),
    Trap("en", "the Subarctic", "Arctic", NearMiss.ALIKE),
    # Hyphens, spaces, the ends of lines
    Trap("en", "co-operation", "cooperation", NearMiss.SPELLING),
    Trap("en", "cyber security", "cybersecurity", NearMiss.SPELLING),
    Trap("en", "the trade-war", "trade war", HIT),
    Trap("en", "denucleari-\nzation", "denuclearization", HIT),
    Trap("de", "Ver-\nträge", "Vertrag", NearMiss.INFLECTED),
    Trap("pl", "współ-\npracy", "współpracy", HIT),
    Trap("zh", "西伯利\n亚力量", "西伯利亚力量", HIT),
    # Ligatures and marks of notes
    Trap("en", "arti\ufb01cial intelligence", "artificial intelligence", HIT),
    Trap("en", "Siberia\u00b2 and", "Siberia", HIT),
    Trap("en", "sanctions12 and", "sanctions", HIT),
    # Transliteration
    Trap("en", "Лавров", "Lavrov", NearMiss.TRANSLITERATION),
    Trap("pl", "Sila Sibiri", "Сила Сибири", NearMiss.TRANSLITERATION),
    Trap("de", "Schtscherbakow", "Щербаков", NearMiss.TRANSLITERATION),
    Trap("uk", "Zelenskyi", "Зеленський", NearMiss.TRANSLITERATION),
    Trap("el", "Κίνα", "Kina", NearMiss.TRANSLITERATION),
    Trap("ru", "Н\u0410T\u041e", "НАТО", NearMiss.TRANSLITERATION),
    # Simplified and traditional
    Trap("zh", "西伯利亞力量", "西伯利亚力量", NearMiss.SPELLING),
    Trap("zh", "台湾", "臺灣", NearMiss.SPELLING),
    # The words of a term in other places
    Trap("en", "a war of tariffs and trade", "trade war", NearMiss.APART),
    Trap("zh", "西伯利亚力量3号", "西伯利亚力量2号", NearMiss.PART),
    # Nobody is asked
    Trap("en", "the South China Sea", 'China NOT "South China Sea"', NearMiss.LEFT_OUT),
    Trap("en", "the actions", "sanctions", NearMiss.COMMON),
    Trap("en", "the Nations", "sanctions", NearMiss.COMMON),
    # Synonyms: no machine knows them
    Trap("en", "punitive measures", "sanctions", NOTHING),
    Trap("de", "die Strafmaßnahmen", "Sanktionen", NOTHING),
    Trap("ru", "ограничительных мерах", "санкции", NOTHING),
    Trap("zh", "俄国", "俄罗斯", NOTHING),
]


def searched(trap: Trap) -> TextMatches:
    text = SENTENCES[trap.language].format(trap.says)
    return search_text(text, terms=[trap.term], matching=Matching.WORDS)


def status(matches: TextMatches) -> AbsenceStatus:
    return summarize([TextResult(1, 1, matches, {})]).outcome


def test_there_are_traps_of_four_languages_and_more() -> None:
    assert len(TRAPS) >= 40
    assert {trap.language for trap in TRAPS} >= {"en", "de", "ru", "pl", "zh"}


# One test for all traps of a language, whose lists of words take a moment to read.
@pytest.mark.parametrize("language", SENTENCES)
def test_what_a_search_says_of_each_trap(language: str) -> None:
    for trap in (one for one in TRAPS if one.language == language):
        found = searched(trap)
        kinds = {why for _place, why in found.near_misses}

        if trap.expected == HIT:
            assert found.hits, trap
        elif trap.expected == NOTHING:
            assert found == TextMatches(), trap
        else:
            assert not found.hits, trap
            assert trap.expected in kinds, trap
        # No absence holds while a neighbour has no answer.
        asks = any(why.needs_answer for why in kinds)
        assert trap.expected == HIT or asks == (trap.expected not in ASKS_NOBODY), trap
        assert (status(found) == AbsenceStatus.HOLDS) == (trap.expected in ASKS_NOBODY), trap
        assert (status(found) == AbsenceStatus.UNANSWERED) == (asks and not found.hits), trap


def test_words_that_are_withheld_are_not_searched() -> None:
    covered = TextResult(1, 1, TextMatches(), {}, is_covered=True)

    assert summarize([covered]).outcome == AbsenceStatus.UNSEARCHED


def test_a_document_without_a_text_is_not_searched() -> None:
    assert summarize([TextResult(1, None, TextMatches(), {})]).outcome == AbsenceStatus.UNSEARCHED


def test_what_a_page_does_not_show_asks_for_an_answer() -> None:
    text = SENTENCES["en"].format("peace, sanctions, actions,")
    start = text.index("sanctions")
    hidden = [Span(start, start + len("sanctions, actions"), ApparatusKind.HIDDEN)]

    found = search_text(text, terms=["sanctions"], matching=Matching.WORDS, apparatus=hidden)

    assert not found.hits
    assert [why for _place, why in found.near_misses] == [NearMiss.HIDDEN, NearMiss.COMMON]


def test_what_runs_through_a_note_is_found() -> None:
    note = "12 See the annex. "
    text = SENTENCES["en"].format(f"the Power of {note}Siberia 2")
    start = text.index(note)
    notes = [Span(start, start + len(note), ApparatusKind.NOTE)]

    found = search_text(
        text, terms=["Power of Siberia 2"], matching=Matching.WORDS, apparatus=notes
    )

    assert found.hits
