"""Variants of the terms of a dictionary, offered to whoever types them and never added unasked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse

from claims.admin.term_lines import line_of_term, term_of_line
from claims.domain.absence.terms import TermRefused
from claims.domain.absence.variants import offered_variants
from claims.domain.series.dictionary import DictionaryTerm
from claims.domain.series.dictionary_validation import (
    DictionaryRefused,
    is_language,
    validate_term,
)
from claims.vocabulary import NearMiss
from sources.models import Series, Source

# Of how many terms of a topic variants are offered at once, those typed last first.
MAX_TERMS_OFFERED = 20
# The same where other forms are asked for: to find them takes a second or more for each word.
MAX_TERMS_WITH_FORMS = 3
# In how many languages a term is looked up that names none: those of most documents.
MAX_LANGUAGES = 3


@dataclass(frozen=True)
class OfferedLine:
    """A variant as the line that is added, and in a few words why it is offered."""

    line: str
    why: str


@dataclass(frozen=True)
class TermOffers:
    """The variants of one term; `refusal` says why it cannot be read, empty where it can."""

    term: str
    variants: Sequence[OfferedLine]
    refusal: str = ""


def languages_of(series: Series) -> list[str]:
    """The languages of most documents of a series, for terms that name none."""
    counts: dict[str, int] = {}
    tags = Source.objects.filter(series=series).exclude(language="")
    for tag in tags.values_list("language", flat=True):
        primary = str(tag).partition("-")[0].lower()
        if is_language(primary):
            counts[primary] = counts.get(primary, 0) + 1
    return sorted(counts, key=lambda tag: (-counts[tag], tag))[:MAX_LANGUAGES]


def offers_of(
    term: DictionaryTerm,
    languages: Sequence[str],
    *,
    with_forms: bool,
    there: Collection[tuple[str, str]] = (),
) -> TermOffers:
    """The variants of a term in its language, or in some where it names none.

    Left out are those `there` already, as text and language. Other forms are looked for in the
    first of the languages alone.
    """
    line = line_of_term(term.text, term.language)
    lines: dict[str, OfferedLine] = {}
    try:
        validate_term(term)
        for place, language in enumerate(_languages_of(term, languages)):
            forms = with_forms and place == 0
            for variant in offered_variants(term.text, language, inflections=forms):
                added = _language_of(variant.why, term.language)
                if (variant.text, added) not in there:
                    text = line_of_term(variant.text, added)
                    lines.setdefault(text, OfferedLine(text, str(variant.why.label)))
    except (DictionaryRefused, TermRefused) as refusal:
        return TermOffers(line, (), refusal.message)
    return TermOffers(line, tuple(lines.values()))


def offers_of_row(
    terms: Sequence[DictionaryTerm], languages: Sequence[str], *, with_forms: bool
) -> list[TermOffers]:
    """The variants of the terms of a topic, of those that were typed last first."""
    there = {(term.text, term.language) for term in terms}
    most = MAX_TERMS_WITH_FORMS if with_forms else MAX_TERMS_OFFERED
    latest = list(reversed(terms))[:most]
    return [offers_of(term, languages, with_forms=with_forms, there=there) for term in latest]


def offers_json(request: HttpRequest, series: Series) -> JsonResponse:
    """The variants of the line that is being typed, for the script of the editor."""
    typed = request.GET.get("line", "")[:400].strip()
    if not typed:
        return JsonResponse({"term": "", "variants": [], "refusal": ""})
    text, language = term_of_line(typed)
    offers = offers_of(
        DictionaryTerm(text, language),
        languages_of(series),
        with_forms=request.GET.get("forms") == "1",
    )
    variants: list[dict[str, Any]] = [
        {"line": offered.line, "why": offered.why} for offered in offers.variants
    ]
    return JsonResponse({"term": offers.term, "variants": variants, "refusal": offers.refusal})


def _languages_of(term: DictionaryTerm, languages: Sequence[str]) -> Sequence[str]:
    """The languages in which variants of a term are looked for; the empty one needs no list."""
    return [term.language] if term.language else languages or [""]


def _language_of(why: NearMiss, language: str) -> str:
    """The language of a variant: none of words in other letters, which stand in other texts; of
    Han characters no script, since the other one is offered."""
    if why == NearMiss.TRANSLITERATION:
        return ""
    return "zh" if language.startswith("zh") else language
