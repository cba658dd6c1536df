"""Verify stored bytes, texts and grades of quotes by computing them again; writes nothing."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.core.files.storage import default_storage

from sources.actions.captures.texts import layer_fields
from sources.actions.quotes.grading import (
    confirmed_doubts,
    doubt_as_json,
    doubts_at,
    is_beyond_doubt,
)
from sources.actions.quotes.matching import folded_text, grade_in_text
from sources.domain.grading.doubts import Doubt
from sources.domain.grading.quotes import FoldedText, GradedQuote
from sources.domain.refusals import quoted
from sources.domain.text.pages import text_sha256
from sources.extraction.extract import ExtractionRefused, extract
from sources.extraction.kinds import KINDS, WHOLE_EXTRACTORS
from sources.models import Blob, Capture, Excerpt, Grading, TextLayer, Withholding
from sources.vocabulary import Grade

CHUNK = 1024 * 1024
EXTRACTORS = {kind.extractor for kind in KINDS.values()}


@dataclass
class Checked:
    """One kind of check: how many were checked, and a sentence for each that does not fit.

    `is_content` is False for what every database has, whatever people entered.
    """

    what: str
    count: int = 0
    problems: list[str] = field(default_factory=list)
    is_content: bool = True


def verify_sources() -> Iterator[Checked]:
    """Recompute texts and grades, one after the other; `check_blobs` checks the files."""
    yield check_layers()
    yield check_excerpts()


def check_blobs() -> Checked:
    """Every blob's bytes are there and have its SHA-256; those withheld are gone.

    Call it outside of a snapshot: the storage is in none, and a blob that was withheld meanwhile
    would look as if its bytes were lost.
    """
    checked = Checked("captured files")
    withheld = Withholding.objects.ids_of(Blob)
    for blob in Blob.objects.order_by("pk").iterator():
        checked.count += 1
        if blob.pk not in withheld:
            checked.problems.extend(file_problems(blob))
        elif default_storage.exists(blob.storage_name):
            checked.problems.append(
                f"The captured file {blob.sha256} is withheld, and its bytes are in the "
                f"storage still. Delete {blob.storage_name} there."
            )
    return checked


def file_problems(blob: Blob) -> Iterator[str]:
    """A sentence if the bytes of a blob are not there or have another SHA-256.

    Bytes are deleted after the withholding is committed. So a blob that has none is asked for
    again: it may have been withheld since the check began.
    """
    try:
        sha256 = file_sha256(blob.storage_name)
    except FileNotFoundError:
        if Withholding.objects.emptied_at(blob) is None:
            yield f"The captured file {blob.sha256} is not in the storage."
        return
    if sha256 != blob.sha256:
        yield f"The captured file {blob.sha256} holds other bytes."


def file_sha256(name: str) -> str:
    """The SHA-256 of a stored file, in hex digits. Raises FileNotFoundError."""
    digest = hashlib.sha256()
    with default_storage.open(name) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def check_layers() -> Checked:
    """Every text layer has its SHA-256, and is what its extractor extracts from the captured bytes.

    Texts that were withheld are passed over. Texts of an earlier version of an extractor cannot be
    extracted again: their hash alone is checked. Missing bytes are reported by `check_blobs`.
    """
    checked = Checked("text layers")
    withheld, withheld_blobs = (Withholding.objects.ids_of(model) for model in (TextLayer, Blob))
    for layer in TextLayer.objects.select_related("blob").order_by("pk").iterator(chunk_size=20):
        checked.count += 1
        if layer.pk in withheld and not layer.text:
            continue
        if text_sha256(layer.text) != layer.text_sha256:
            checked.problems.append(f"The text layer {layer.pk} ({layer}) holds another text.")
        elif layer.extractor not in EXTRACTORS:
            checked.problems.append(
                f"The text layer {layer.pk} was drawn by {layer}, which is not known here."
            )
        elif layer.blob_id not in withheld_blobs and not is_as_extracted(layer):
            checked.problems.append(
                f"The text layer {layer.pk} ({layer}) is not what the captured file gives."
            )
    return checked


def is_as_extracted(layer: TextLayer) -> bool:
    """Whether the layer is what the captured bytes give, where these are there to be read again.

    They are read as the layer was: in the language of the source, and whole where it is whole.
    """
    read = Capture.objects.filter(extractions__layer=layer).select_related("source")
    capture = read.order_by("pk").first()
    if capture is None:
        return False
    try:
        with default_storage.open(layer.blob.storage_name) as file:
            data = file.read()
    except FileNotFoundError:
        return True
    try:
        extracted = extract(
            data,
            media_type=capture.media_type,
            file_name=capture.file_name,
            language=capture.source.language,
            is_whole=layer.extractor in WHOLE_EXTRACTORS,
        )
    except ExtractionRefused as refusal:
        return (refusal.extractor, refusal.version) != (layer.extractor, layer.version)
    if (extracted.extractor, extracted.version) != (layer.extractor, layer.version):
        return True
    return all(getattr(layer, name) == value for name, value in layer_fields(extracted).items())


def check_excerpts() -> Checked:
    """Every excerpt stands in its text as its latest grading says, and shows that grade."""
    checked = Checked("quotes")
    withheld = Withholding.objects.ids_of(Excerpt)
    text: FoldedText | None = None
    last: int | None = None
    excerpts = Excerpt.objects.select_related("source").order_by("source_id", "pk")
    for excerpt in excerpts.iterator():
        checked.count += 1
        grading = excerpt.gradings.order_by("-pk").first()
        if grading is None:
            checked.problems.append(f"{quote_label(excerpt)} was never graded.")
            continue
        if excerpt.pk in withheld and not excerpt.exact:
            continue
        if grading.layer_id is None or grading.layer_id != last:
            text, last = folded_text(grading.layer), grading.layer_id
        checked.problems.extend(excerpt_problems(excerpt, grading, text))
    return checked


def excerpt_problems(excerpt: Excerpt, grading: Grading, text: FoldedText | None) -> Iterator[str]:
    """A sentence for each thing about a quote that does not fit."""
    confirmed = confirmed_doubts([excerpt.pk])[excerpt.pk]
    if excerpt.is_verified != is_beyond_doubt(grading, confirmed):
        yield f"{quote_label(excerpt)} is not as verified as its grading and confirmations say."
    if excerpt.grade != grading.grade:
        yield f"{quote_label(excerpt)} shows {excerpt.grade}, but was graded {grading.grade}."
    if grading.layer_id != TextLayer.objects.current_of(excerpt.source).first_pk():
        yield f"{quote_label(excerpt)} was not graded in the current text of its source."
        return
    found = grade_in_text(text, excerpt.exact, prefix=excerpt.prefix, suffix=excerpt.suffix)
    if grading.grade == Grade.ELSEWHERE:
        found = replace(found, grade=Grade.ELSEWHERE) if found.grade == Grade.MISSING else found
    if found.grade != grading.grade:
        yield f"{quote_label(excerpt)} is kept as {grading.grade}, but is {found.grade}."
    elif found.grade.is_located and found.start != grading.start:
        yield f"{quote_label(excerpt)} does not stand where its grading says."
    elif [doubt_as_json(doubt) for doubt in place_doubts(excerpt, grading, text, found)] != (
        grading.doubts
    ):
        yield f"{quote_label(excerpt)} is in doubt at other places than its grading says."
    elif grading.chosen_by_id is not None and (grading.start, grading.end) not in found.places:
        yield f"{quote_label(excerpt)} does not stand where a person chose."


def place_doubts(
    excerpt: Excerpt, grading: Grading, text: FoldedText | None, found: GradedQuote
) -> Sequence[Doubt]:
    """The doubts about the place of a quote: the one found, or the one that a person chose."""
    if grading.chosen_by_id is None or grading.start is None or grading.end is None:
        return found.doubts
    return doubts_at(excerpt, text, (grading.start, grading.end))


def quote_label(excerpt: Excerpt) -> str:
    """A quote in a sentence."""
    return f"The quote {excerpt.pk} {quoted(excerpt.exact)} of {excerpt.source.key}"
