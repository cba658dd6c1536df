"""The check of a fact sheet before it is issued, over its claims as they are on record now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.domain.factsheets.check import (
    CheckedClaim,
    CheckFacts,
    CheckFinding,
    PlacedTrouble,
    SheetPlace,
    Trouble,
    check_sheet,
    code_of_quote,
    sheet_references,
    trouble_of_notice,
)
from claims.domain.factsheets.content import SheetContent
from claims.domain.factsheets.prose_numbers import Carried
from claims.models import Claim, Entity, Version
from claims.readings.claims import ClaimReading, EvidenceReading, read_claims
from claims.readings.saved_queries import claims_of_query
from claims.vocabulary import Stance, ValueKind
from claims.vocabulary.factsheets import CheckCode
from sources.domain.bibliography.names import family_name, forms_of_name, name_as_read
from sources.domain.refusals import quoted
from sources.models import Source
from sources.readings.reader import Reader
from sources.vocabulary import Access

_MAX_KEY = 2**63


def check_content(content: SheetContent, reader_staff: Any, at: datetime) -> list[CheckFinding]:
    """Everything that stands against issuing this content now, what blocks first.

    `reader_staff` is the account of the desk that asks. The claims are the versions that the public
    sees at that time, with what the desk knows of them besides: flags, its own conflicts. However
    many they are, they are read in a constant number of statements, and one more for each saved
    query.
    """
    reader = Reader(reader_staff, at)
    queried = _queried(content, at)
    numbers = {
        number for ref in sheet_references(content, queried) if (number := int(ref[1:])) < _MAX_KEY
    }
    shown = Version.objects.visible_to(None, at).filter(claim__in=numbers)
    readings = read_claims(list(shown.order_by("claim").values_list("pk", flat=True)), reader)
    others = numbers - {one.claim for one in readings}
    known = Claim.objects.filter(pk__in=others).values_list("pk", flat=True) if others else ()
    facts = CheckFacts(
        claims={one.ref: _checked(one) for one in readings},
        unpublished={f"C{number}" for number in known},
        queried=queried,
        confidential=names_kept_secret([claim.id for claim in readings]),
        names=_names_with_numbers(),
    )
    return [_in_words(found) for found in check_sheet(content, facts)]


def _queried(content: SheetContent, at: datetime) -> Mapping[int, Sequence[str]]:
    """By section, the references that its saved query finds; each query is asked once."""
    found: dict[str, list[str]] = {}
    for query in dict.fromkeys(section.query for section in content.sections if section.query):
        numbers = claims_of_query(query, Version.objects.visible_to(None, at), Reader(None, at))
        found[query] = [f"C{number}" for number in numbers]
    return {
        number: found[section.query]
        for number, section in enumerate(content.sections, 1)
        if section.query
    }


def _checked(claim: ClaimReading) -> CheckedClaim:
    troubles = [
        *_troubles_of_quotes(claim.evidence),
        *filter(
            None,
            (trouble_of_notice(one.code, one.reference, one.sentence) for one in claim.notices),
        ),
    ]
    return CheckedClaim(_carried(claim), tuple(troubles))


def _troubles_of_quotes(evidence: Sequence[EvidenceReading]) -> Iterator[Trouble]:
    """The quotes that are not verified, by number: keys are kept, and words may be withheld later.

    A quote whose source may not be known goes by its place among the claim's quotes.
    """
    for place, piece in enumerate(evidence, 1):
        quote = piece.quote
        code = code_of_quote(
            quote.grade, is_verified=quote.is_verified, is_withheld=quote.withheld_on is not None
        )
        if code is None:
            continue
        about = _("quote %(place)d") % {"place": place}
        if quote.number is not None:
            about = f"Q{quote.number}"
        words = {"what": _(code.label), "words": quoted(quote.words) if quote.words else about}
        yield Trouble(code, about, _("%(what)s: %(words)s.") % words)


def _carried(claim: ClaimReading) -> Carried:
    """The numbers and dates of a claim, from where the check takes them."""
    texts = [(claim.statement, claim.language)]
    said_on = [claim.asserted_on] if claim.asserted_on else []
    for piece in claim.evidence:
        quote = piece.quote
        if quote.is_verified and quote.words:
            texts.append((quote.words, quote.language or claim.language))
            if quote.translation:
                texts.append((quote.translation, claim.language))
        if not claim.asserted_on and piece.stance == Stance.SUPPORTS and quote.source.issued:
            said_on.append(quote.source.issued)
    value = claim.value
    if value is not None and value.as_written:
        texts.append((value.as_written, claim.language))
    if claim.search is not None:
        texts.append((str(claim.search.documents), claim.language))  # "none of the four documents"
    is_number = value is not None and value.kind in (ValueKind.QUANTITY, ValueKind.COUNT)
    dates = [claim.period.typed] if claim.period is not None else []
    if value is not None and value.kind == ValueKind.DATE:
        dates.append(value.typed)
    return Carried(
        texts=tuple(texts),
        value=value.typed if value is not None and is_number else "",
        unit=value.unit if value is not None else "",
        decimal_mark=(value.decimal_mark or "") if value is not None else "",
        dates=tuple(dates),
        said_on=tuple(said_on),
    )


def names_kept_secret(versions: Collection[int]) -> set[str]:
    """Return the names that no public text may have, whoever asks.

    Titles and authors of confidential sources, labels and aliases of the entities that stand for
    one; of the sources that these versions quote, the family names alone too, unless an author of
    a public source of theirs has it.
    """
    names: set[str] = set()
    kept = Source.objects.exclude(access=Access.PUBLIC)
    for title, authors in kept.values_list("title", "csl__author"):
        names.add(title)
        names.update(form for author in authors or () for form in forms_of_name(author))
    guarded = Entity.objects.filter(source__isnull=False).exclude(source__access=Access.PUBLIC)
    for label, aliases in guarded.values_list("label", "aliases"):
        names.update((label, *aliases))
    cited = Source.objects.filter(excerpts__evidence__version__in=versions).distinct()
    families: set[str] = set()
    public: set[str] = set()
    for access, authors in cited.values_list("access", "csl__author"):
        for author in authors or ():
            if access == Access.PUBLIC:
                public.update(name_as_read(author).split())
            else:
                families.add(family_name(author))
    return names | (families - public)


def _names_with_numbers() -> list[str]:
    """The labels of entities that have words and a number: Power of Siberia 2."""
    labels = Entity.objects.filter(label__regex=r"[[:alpha:]]{3}.*[0-9]")
    return list(labels.values_list("label", flat=True))


def _in_words(found: PlacedTrouble) -> CheckFinding:
    trouble = found.trouble
    return CheckFinding(
        code=trouble.code,
        place=_place_text(found.place),
        words=trouble.about,
        blocks=trouble.code.blocks,
        sentence=_sentence(trouble),
        next_step=_(trouble.code.meaning),
        key=found.key,
        start=found.start,
        end=found.end,
    )


def _sentence(trouble: Trouble) -> str:
    """The trouble as a sentence: that of the claim's notice, else its code's with the words."""
    if trouble.sentence:
        return trouble.sentence
    if not trouble.about:
        return _("%(what)s.") % {"what": _(trouble.code.label)}
    about = trouble.about if trouble.code in _OF_REFERENCES else quoted(trouble.about)
    return _("%(what)s: %(words)s.") % {"what": _(trouble.code.label), "words": about}


_OF_REFERENCES = (CheckCode.UNKNOWN_REFERENCE, CheckCode.UNPUBLISHED_REFERENCE)


def _place_text(place: SheetPlace) -> str:
    """The place as people read it: "summary", "section 2, prose", "section 1, C17"."""
    words = {"number": place.section, "item": place.item}
    match place.part:
        case "title":
            return _("title")
        case "summary":
            return _("summary")
        case "heading":
            return _("section %(number)d, heading") % words
        case "prose":
            return _("section %(number)d, prose") % words
        case "unknown":
            return _("what is not known, %(item)s") % words
        case "claim":
            text = _("section %(number)d, %(item)s") if place.section else _("summary, %(item)s")
            return text % words
