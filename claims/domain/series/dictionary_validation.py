"""Validation of a topic dictionary before it is kept: its topics, terms, languages and size."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from babel import Locale

from claims.domain.absence.terms import Pattern, TermRefused, read_term
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from sources.domain.refusals import Refusal, quoted

MAX_TOPICS = 200
MAX_TERMS = 100  # of one topic
MAX_TERMS_IN_ALL = 5_000
MAX_NOTE = 500  # characters
MAX_CHARACTERS = 100_000  # of all terms and notes

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
# What neither YAML nor a database column holds: control characters, surrogates, U+FFFE and U+FFFF.
UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class DictionaryRefused(Refusal):
    """A dictionary, or a file of one, that is not taken.

    `entry` and `term` count from 0 and say which entry of the dictionary, and which of its terms,
    is refused; None where it is the whole. The code of a term that cannot be read is one of
    `claims.domain.absence.terms.TERM_CODES`.
    """

    def __init__(
        self, code: str, message: str, *, entry: int | None = None, term: int | None = None
    ) -> None:
        super().__init__(code, message)
        self.entry = entry
        self.term = term


def validate_dictionary(dictionary: Dictionary, known_topics: Collection[str]) -> Dictionary:
    """Return the dictionary in the form in which it is kept. Raises DictionaryRefused.

    In that form white space is single, letters are in NFC and language tags are written as BCP 47
    recommends (`zh-Hans`). `known_topics` are the keys of all topics. Refused are, with the entry
    and the term: unknown topics, a topic that stands twice, an entry without terms, a term that
    cannot be read, one that reads the same as another of its entry, unknown languages, and more
    than the limits of this module allow.
    """
    tidy = tidy_dictionary(dictionary)
    for refusal in dictionary_refusals(tidy, known_topics):
        raise refusal
    return tidy


def tidy_dictionary(dictionary: Dictionary) -> Dictionary:
    """The dictionary with single white space, letters in NFC and tags as BCP 47 writes them."""
    return Dictionary(
        tuple(
            DictionaryEntry(_tidy(entry.topic), tidy_terms(entry.terms), _tidy(entry.note))
            for entry in dictionary.entries
        )
    )


def tidy_terms(terms: Iterable[DictionaryTerm]) -> tuple[DictionaryTerm, ...]:
    """Terms as `tidy_dictionary` writes them."""
    return tuple(DictionaryTerm(_tidy(term.text), _tidy_tag(term.language)) for term in terms)


def dictionary_refusals(
    dictionary: Dictionary, known_topics: Collection[str]
) -> Iterator[DictionaryRefused]:
    """All that `validate_dictionary` refuses in a tidy dictionary, in its order, one at a time."""
    yield from _size_refusals(dictionary)
    seen: set[str] = set()
    for number, entry in enumerate(dictionary.entries):
        name = _entry_name(entry, number)
        if not entry.topic:
            yield DictionaryRefused("topic_missing", f"{name} names no topic.", entry=number)
        elif entry.topic in seen:
            yield DictionaryRefused(
                "topic_twice",
                f"The topic {quoted(entry.topic)} stands twice. Put its terms into one entry.",
                entry=number,
            )
        elif entry.topic not in known_topics:
            yield DictionaryRefused(
                "unknown_topic", _unknown_topic(entry.topic, known_topics), entry=number
            )
        seen.add(entry.topic)
        yield from _entry_refusals(entry, name, number)


def _size_refusals(dictionary: Dictionary) -> Iterator[DictionaryRefused]:
    """Refuse a dictionary with too many topics, terms or characters as a whole."""
    entries = dictionary.entries
    terms = sum(len(entry.terms) for entry in entries)
    characters = sum(
        len(entry.note) + sum(len(term.text) for term in entry.terms) for entry in entries
    )
    for count, most, noun in (
        (len(entries), MAX_TOPICS, "topics"),
        (terms, MAX_TERMS_IN_ALL, "terms in all"),
        (characters, MAX_CHARACTERS, "characters of terms and notes"),
    ):
        if count > most:
            yield DictionaryRefused(
                "too_long",
                f"The dictionary has {count:,} {noun}. At most {most:,} are kept.",
            )


def _entry_refusals(entry: DictionaryEntry, name: str, number: int) -> Iterator[DictionaryRefused]:
    """All that is refused in one entry but for its topic."""
    if not entry.terms:
        yield DictionaryRefused(
            "terms_missing",
            f"{name} has no terms. Write at least one, or leave the topic out.",
            entry=number,
        )
    if len(entry.terms) > MAX_TERMS:
        yield DictionaryRefused(
            "too_long",
            f"{name} has {len(entry.terms)} terms. At most {MAX_TERMS} are kept.",
            entry=number,
        )
    if len(entry.note) > MAX_NOTE:
        yield DictionaryRefused(
            "too_long",
            f"The note of {_lower(name)} has {len(entry.note):,} characters. "
            f"At most {MAX_NOTE} are kept.",
            entry=number,
        )
    found = UNREADABLE.search(entry.note)
    if found is not None:
        yield DictionaryRefused(
            "unreadable",
            f"The note of {_lower(name)}: {_unreadable(entry.note, found[0])}",
            entry=number,
        )
    seen: dict[tuple[Pattern, str], str] = {}
    for place, term in enumerate(entry.terms[: MAX_TERMS + 1]):
        try:
            pattern = validate_term(term)
        except DictionaryRefused as refusal:
            message = f"{name}, term {place + 1}: {refusal.message}"
            yield DictionaryRefused(refusal.code, message, entry=number, term=place)
            continue
        before = seen.get((pattern, term.language))
        if before is not None:
            yield DictionaryRefused(
                "term_twice", _twice(name, term, before), entry=number, term=place
            )
        seen[pattern, term.language] = before or term.text


def validate_term(term: DictionaryTerm) -> Pattern:
    """Return how a single tidy term is read. Raises DictionaryRefused, which names neither entry
    nor place."""
    found = UNREADABLE.search(term.text)
    if found is not None:
        raise DictionaryRefused("unreadable", _unreadable(term.text, found[0]))
    if term.language and not is_language(term.language):
        raise DictionaryRefused(
            "unknown_language",
            f"{quoted(term.language)} is no language that is known. Write a BCP 47 tag such as "
            "`ru` or `zh-Hans`, or none for texts of all languages.",
        )
    try:
        return read_term(term.text)
    except TermRefused as refusal:
        raise DictionaryRefused(refusal.code, refusal.message) from refusal


def _unreadable(text: str, letter: str) -> str:
    return (
        f"{quoted(text)} holds U+{ord(letter):04X}, which is no character of a text. Type it anew."
    )


def _twice(name: str, term: DictionaryTerm, before: str) -> str:
    if term.text == before:
        return f"{name} has the term {quoted(term.text)} twice. Leave one."
    return (
        f"{name}: the term {quoted(term.text)} finds the same as {quoted(before)}. Leave one of "
        "them: case, hyphens and accents make no difference."
    )


def _entry_name(entry: DictionaryEntry, number: int) -> str:
    """An entry as a message names it: by its topic, or by its place where it has none."""
    return f"Topic {quoted(entry.topic)}" if entry.topic else f"Entry {number + 1}"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _unknown_topic(key: str, known: Collection[str]) -> str:
    """Say that there is no such topic, and which comes nearest."""
    refused = f"There is no topic {quoted(key)}."
    near = difflib.get_close_matches(key[:100].lower(), known, n=1, cutoff=0.0)
    if not near:
        return f"{refused} No topic is entered yet: enter it first."
    return f"{refused} The nearest one is {quoted(near[0])}. Take that, or enter the topic first."


def is_language(tag: str) -> bool:
    """Whether a BCP 47 tag begins with a language that the Unicode CLDR knows."""
    return _TAG.fullmatch(tag) is not None and tag.partition("-")[0].lower() in _languages()


@cache
def _languages() -> frozenset[str]:
    """The first subtags of the languages of the CLDR, in small letters."""
    return frozenset(str(tag).partition("_")[0].lower() for tag in Locale("en").languages)


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _tidy_tag(tag: str) -> str:
    """A tag with its language in small letters, its script as `Hans`, its region as `TW`."""
    parts = _tidy(tag).replace("_", "-").split("-")
    return "-".join(
        part.lower()
        if place == 0 or len(part) not in (2, 4)
        else (part.title() if len(part) == 4 else part.upper())
        for place, part in enumerate(parts)
    )
