"""Quotes as W3C Web Annotations, so that other tools find the words in the source itself.

https://www.w3.org/TR/annotation-model/ with the terms of http://www.w3.org/ns/anno.jsonld. A quote
is an annotation: its target is the place in the source, its bodies are the translation, the
locator, why it is not verified, the standing of the source and the claims that rest on it.
Positions are code points in logical order, as the model asks (section 4.2.5), so those of our
gradings are sent as they are. What is not known is left out, never null.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sources.vocabulary import TranslationMethod

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc8118"

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Placed:
    """The one place of a quote in a text: code points, half-open, and what stands around it.

    `pdf_page` is the number of its page in a PDF, from 1; None in other files. `is_chosen` says
    that the words stand elsewhere too, so that they select only within the position.
    """

    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    pdf_page: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The state of the source that had the words: the capture, and a copy of it."""

    captured_at: datetime
    copy: str


@dataclass(frozen=True, slots=True)
class Translated:
    """The words in another language: by whom, and how (None for old ones that do not say)."""

    words: str
    by: str
    method: TranslationMethod | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote with all that its annotation says. Addresses are absolute.

    `place` is None where no text carries the words: then the words alone select, and nothing
    says when they stood there. `withheld_on` is when the words were withheld: nothing selects.
    `creator` is who quoted, empty where the reader is not told. `standing` says in a sentence that
    the source was corrected or taken back, empty where it stands as published; `doubt` in a few
    words why the quote is not verified, empty where it is.
    """

    address: str
    exact: str
    source: str
    record: str
    generator: str
    created: datetime
    creator: str = ""
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    place: Placed | None = None
    state: State | None = None
    translation: Translated | None = None
    claims: Sequence[str] = ()
    withheld_on: date | None = None
    standing: str = ""
    doubt: str = ""


def annotation(quote: Quoted) -> Node:
    """The annotation of a quote; without the context, which its document has once."""
    bodies = _bodies(quote)
    return {
        "id": quote.address,
        "type": "Annotation",
        "motivation": "linking" if quote.claims else "highlighting",
        "created": _moment(quote.created),
        **({"creator": {"type": "Person", "name": quote.creator}} if quote.creator else {}),
        "generator": {"id": quote.generator, "type": "Software", "name": "factbase"},
        **({"body": bodies} if bodies else {}),
        "target": _target(quote),
    }


def collection(address: str, first: Node) -> Node:
    """A list of annotations with its first page inside. Nothing is counted, so it has no total."""
    return {"id": address, "type": "AnnotationCollection", "first": first}


def page(address: str, of: str, items: Sequence[Node], following: str | None) -> Node:
    """One page of a list; `following` is the address of the next one, None on the last."""
    return {
        "id": address,
        "type": "AnnotationPage",
        "partOf": of,
        **({"next": following} if following else {}),
        "items": list(items),
    }


def document(node: Node) -> Node:
    """A node as it is sent: with the context that says what its terms mean."""
    return {"@context": CONTEXT, **node}


def _target(quote: Quoted) -> Node:
    """The place in the source; the whole source where the words were withheld."""
    selectors = [] if quote.withheld_on else _selectors(quote)
    return {
        "type": "SpecificResource",
        "source": quote.source,
        "rights": quote.record,
        **({"selector": selectors} if selectors else {}),
        **({"state": _state(quote.state)} if selectors and quote.place and quote.state else {}),
    }


def _selectors(quote: Quoted) -> list[Node]:
    """Ways to the same words, the exactest first: by position, by wording, by page."""
    around = quote.place or quote
    words = {
        "type": "TextQuoteSelector",
        "exact": quote.exact,
        **({"prefix": around.prefix} if around.prefix else {}),
        **({"suffix": around.suffix} if around.suffix else {}),
    }
    if quote.place is None:
        return [words]
    position: Node = {
        "type": "TextPositionSelector",
        "start": quote.place.start,
        "end": quote.place.end,
    }
    if quote.place.is_chosen:
        return [{**position, "refinedBy": words}]
    if quote.place.pdf_page is None:
        return [position, words]
    on_page = {
        "type": "FragmentSelector",
        "conformsTo": PDF_FRAGMENTS,
        "value": f"page={quote.place.pdf_page}",
        "refinedBy": words,
    }
    return [position, words, on_page]


def _state(state: State) -> Node:
    return {"type": "TimeState", "sourceDate": _moment(state.captured_at), "cached": state.copy}


def _bodies(quote: Quoted) -> list[Node]:
    """The bodies of the annotation: locator, translation, doubt, standing, claims."""
    bodies: list[Node] = []
    if quote.withheld_on:
        notice = f"The words were withheld on {quote.withheld_on:%Y-%m-%d}."
        bodies.append(_text(notice, purpose="commenting", language="en"))
    if quote.locator:
        bodies.append(_text(quote.locator, purpose="identifying"))
    if quote.translation and not quote.withheld_on:
        bodies.append(_translation(quote.translation))
    if quote.doubt and not quote.withheld_on:
        bodies.append(_text(quote.doubt, purpose="assessing", language="en"))
    if quote.standing:
        bodies.append(_text(quote.standing, purpose="assessing", language="en"))
    bodies += [
        {"type": "SpecificResource", "source": claim, "purpose": "linking"}
        for claim in quote.claims
    ]
    return bodies


def _text(words: str, *, purpose: str, **more: Any) -> Node:
    return {
        "type": "TextualBody",
        "value": words,
        "format": "text/plain",
        "purpose": purpose,
        **more,
    }


def _translation(translated: Translated) -> Node:
    """The translation, with who made it. No motivation of the vocabulary means translating.

    What a machine translated has software as its creator, or beside the person who revised it.
    """
    makers = {TranslationMethod.MACHINE: "Software"}
    creator: Node = {"name": translated.by} if translated.by else {}
    if translated.method is not None:
        creator = {"type": makers.get(translated.method, "Person"), **creator}
    software = {"type": "Software", "name": "Machine translation"}
    is_by_machine = translated.method in (TranslationMethod.MACHINE, TranslationMethod.REVISED)
    return _text(
        translated.words,
        purpose="describing",
        **({"creator": creator} if creator else {}),
        **({"generator": software} if is_by_machine else {}),
    )


def _moment(at: datetime) -> str:
    """A time in UTC as xsd:dateTime writes it, whole seconds, with a Z as the model asks."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
