"""A published claim is found by each word of its statement, in whatever language it is written."""

import pytest
from django.test import Client

from sources.domain.search.tokens import tokens_of
from tests import factories as make
from tests.claims.api.conftest import API

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "ar": "تراجعت التجارة بين الصين وروسيا بنسبة ٩٪ في عام 2025.",
    "cs": "Obchod mezi Čínou a Ruskem v roce 2025 klesl o 9 %.",
    "de": "Der Außenhandel Chinas mit Rußland fiel 2025 um 9,5 Prozent.",
    "en": "China's trade with Russia fell by 9% in 2025, to $2,400 million.",
    "et": "Hiina ja Venemaa kaubavahetus vähenes 2025. aastal 9%.",
    "fr": "Le commerce de l'Œuvre a reculé de 9 % en 2025.",
    "he": "הסחר בין סין לרוסיה ירד ב-9% בשנת 2025.",
    "hi": "2025 में चीन और रूस का व्यापार 9% घटा।",
    "ja": "2025年の中国とロシアの貿易は9%減少した。",
    "ko": "2025년 중국과 러시아의 무역은 9% 감소했다.",
    "pl": "Handel Chin z Rosją spadł w 2025 r. o 9%, napisała „Łódź”.",
    "ru": "Торговля Китая с Россией в 2025 году снизилась на 9 процентов; ёмкость — нет.",
    "th": "การค้าระหว่างจีนกับรัสเซียลดลง 9% ในปี 2025",
    "tr": "İstanbul'daki ticaret 2025'te %9 azaldı.",
    "uk": "Торгівля Китаю з Росією у 2025 році впала на 9 %, їхні порти — ні.",
    "zh-Hans": "2025年中国对俄罗斯的贸易下降了9%。",
    "zh-Hant": "2025年中國對俄羅斯的貿易下降了9%。",
}


@pytest.mark.parametrize("language", STATEMENTS)
def test_a_claim_is_found_by_each_word_of_its_statement(public: Client, language: str) -> None:
    statement = STATEMENTS[language]
    make.published(statement="Nothing else.")
    version = make.published(statement=statement, language=language)

    words = {statement[token.start : token.end] for token in tokens_of(statement)}
    assert len(words) > 5
    for word in [*words, statement.rstrip(".。।")]:
        answer = public.get(f"{API}claims/", {"q": word}).json()
        assert [one["ref"] for one in answer["results"]] == [version.claim.ref], word
