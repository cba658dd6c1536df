"""Phrases are looked up once where many are asked for, each in the reader's language."""

from django.utils import translation

from sources.readings.phrases import phrase, phrases_remembered


def test_a_phrase_is_in_the_language_of_each_reader() -> None:
    said = []
    for language in ("de", "en"):
        with translation.override(language), phrases_remembered():
            said += [phrase("Yes"), phrase("Yes")]

    assert said == ["Ja", "Ja", "Yes", "Yes"]


def test_nothing_is_remembered_beyond_the_block() -> None:
    with translation.override("de"), phrases_remembered():
        phrase("Yes")

    with translation.override("fr"):
        assert phrase("Yes") == "Oui"
