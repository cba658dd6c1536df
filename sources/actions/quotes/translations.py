"""Translating quotes: the words never change, what they are in another language may."""

from datetime import datetime
from typing import TYPE_CHECKING

from sources.actions.action import action
from sources.actions.permission import may, require
from sources.domain.grading.quotes import MAX_LENGTH
from sources.domain.refusals import Refusal, quoted
from sources.domain.text_fields import clean_words
from sources.models import Excerpt
from sources.vocabulary import Role, TranslationMethod

if TYPE_CHECKING:
    from factbase.models import User

Translation = tuple[str, str, str]  # the words, by whom, and the code of how


class TranslationRefused(Refusal):
    """A translation that does not say enough, or that readers see and not everybody changes.

    `code`: unknown_method, no_translation, no_translator, no_method, withheld, published.
    """


@action
def translate(
    *,
    excerpt: Excerpt,
    translation: str,
    translated_by: str,
    method: str,
    by: "User",
    at: datetime,
) -> Excerpt:
    """Give a quote a translation, another one, or (all three empty) none.

    Once a second person approved the quote in a claim that readers see or will see, only an
    editor may: an approval does not bind the translation, so nobody would be asked again.
    Raises TranslationRefused, WordsRefused, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    new = translation_as_read(translation, translated_by, method)
    excerpt = Excerpt.objects.select_for_update(no_key=True).get(pk=excerpt.pk)
    if not excerpt.exact:
        raise TranslationRefused(
            "withheld", "The words of this quote were withheld; there is nothing to translate."
        )
    if new == (excerpt.translation, excerpt.translated_by, excerpt.translation_method):
        return excerpt
    if not may(by, Role.EDITOR) and Excerpt.objects.approved(at).filter(pk=excerpt.pk).exists():
        raise TranslationRefused(
            "published",
            "A claim that was approved rests on this quote, so only an editor changes its "
            "translation. Ask one.",
        )
    excerpt.translation, excerpt.translated_by, excerpt.translation_method = new
    excerpt.save(update_fields=["translation", "translated_by", "translation_method"])
    return excerpt


def translation_as_read(translation: str, translated_by: str, method: str) -> Translation:
    """A translation as it is kept; one needs both who made it and how, and nothing needs neither.

    Raises TranslationRefused, WordsRefused.
    """
    if method and method not in list(TranslationMethod):
        raise TranslationRefused(
            "unknown_method",
            f"{quoted(method)} is no method of translation. "
            f"Use one of: {', '.join(TranslationMethod)}.",
        )
    words = clean_words(translation, name="translation", limit=MAX_LENGTH)
    translator = clean_words(translated_by, name="translator", limit=120)
    if not words and (translator or method):
        raise TranslationRefused(
            "no_translation",
            f"There is no translation, and yet {quoted(translator or method)} as who or how made "
            "it. Write the translation, or leave both out.",
        )
    if words and not translator:
        raise TranslationRefused(
            "no_translator",
            f"Nobody is named for the translation {quoted(words)}. Write the person or the "
            "program that made it.",
        )
    if words and not method:
        raise TranslationRefused(
            "no_method",
            f"How the translation {quoted(words)} came about is not said. Choose whether a person "
            "or a program made it.",
        )
    return words, translator, method
