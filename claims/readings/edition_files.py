"""Verdicts on files that somebody has: whether each is one of an edition or of an extract, and
whether that stands.

A file is known by the SHA-256 of its bytes alone; nothing is asked of whoever brings it.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.domain.factsheets.edition_marks import edition_names
from claims.models import Edition, EditionFile, Extract, ExtractFile
from claims.readings.editions import EditionFileReading, EditionReading, read_editions
from claims.readings.extracts import ExtractReading, read_extracts
from claims.readings.wording import day_text
from claims.vocabulary.extracts import ExtractState
from claims.vocabulary.factsheets import EditionState, FileVerdict
from sources.readings.reader import Reader

# How many of the editions that a file names are looked up.
MAX_NAMES = 10

_VERDICTS = {
    EditionState.CURRENT: FileVerdict.CURRENT,
    EditionState.STALE: FileVerdict.STALE,
    EditionState.SUPERSEDED: FileVerdict.SUPERSEDED,
    EditionState.WITHDRAWN: FileVerdict.WITHDRAWN,
}


@dataclass(frozen=True)
class FileCheck:
    """The verdict on a file in a `sentence`, with the `edition` that it is of, or that it names.

    `file` is the file as issued, None where the bytes are those of none. `extract` is the one that
    it is of instead.
    """

    verdict: FileVerdict
    sentence: str
    sha256: str
    edition: EditionReading | None = None
    file: EditionFileReading | None = None
    extract: ExtractReading | None = None

    @property
    def is_ours(self) -> bool:
        """Whether the bytes are those of a file of an edition or an extract."""
        return self.file is not None or self.extract is not None

    @property
    def reasons(self) -> list[str]:
        """In sentences, why that of which it is a file is not current."""
        if self.extract is not None:
            return list(self.extract.reasons)
        return [one.sentence for one in self.edition.reasons] if self.edition and self.file else []


def bytes_as_issued(edition: int, sha256: str) -> bytes:
    """The bytes of a file of an edition, given by the id of the one and the hash of the other.

    Whoever asks has looked whether the file is given to the reader.
    """
    rows = EditionFile.objects.filter(edition=edition, sha256=sha256)
    return bytes(rows.values_list("content", flat=True)[0])


def check_file(data: bytes, reader: Reader) -> FileCheck:
    """Return the verdict on the bytes of a file.

    Where several editions have a file of these bytes, as bibliographies can be alike, the newest
    counts; so of extracts. Of other bytes it is looked which edition they name.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    issued = Edition.objects.issued(reader.at)
    # No bytes are nobody's file, though bibliographies of no sources have none.
    same = EditionFile.objects.filter(
        sha256=sha256 if data else "", edition__in=issued.values("pk")
    )
    of = same.order_by("-edition__issued_at", "-edition").values_list("edition", flat=True).first()
    if of is not None:
        (edition,) = read_editions(issued.filter(pk=of), reader)
        file = next(one for one in edition.files if one.sha256 == sha256)
        verdict = _VERDICTS[edition.state]
        return FileCheck(verdict, _our_sentence(edition, file), sha256, edition, file)
    frozen = Extract.objects.filter(
        pk__in=ExtractFile.objects.filter(sha256=sha256 if data else "").values("extract")
    )
    for extract in read_extracts(frozen, reader)[:1]:
        return _check_of_extract(extract, sha256)
    for name in edition_names(data)[:MAX_NAMES]:
        named = issued.filter(fact_sheet__key=name.key, number=name.number)
        for edition in read_editions(named, reader):
            words = {"number": edition.number, "title": edition.title}
            sentence = _(
                "Not ours, or changed: it names edition %(number)d of “%(title)s”, but its bytes "
                "are not those that were issued."
            )
            return FileCheck(FileVerdict.CHANGED, sentence % words, sha256, edition)
    sentence = _("Not ours, or changed: no edition has a file of these bytes, and no extract.")
    return FileCheck(FileVerdict.UNKNOWN, sentence, sha256)


def _check_of_extract(extract: ExtractReading, sha256: str) -> FileCheck:
    """The verdict on a file of an extract: stale where something became of the claims in it."""
    if extract.state == ExtractState.WITHDRAWN:
        verdict = FileVerdict.WITHDRAWN
    else:
        verdict = FileVerdict.STALE if extract.reasons else FileVerdict.CURRENT
    file = next(one for one in extract.files if one.sha256 == sha256)
    words = {
        "verdict": _(verdict.label),
        "file": file.name,
        "ref": extract.ref,
        "title": extract.title,
        "day": day_text(extract.made_at.date()),
    }
    sentence = _("%(verdict)s. It is %(file)s of extract %(ref)s, “%(title)s”, frozen on %(day)s.")
    said = sentence % words
    if not extract.is_given:
        said += " " + _("It is no longer given to readers: do not pass it on.")
    return FileCheck(verdict, said, sha256, extract=extract)


def _our_sentence(edition: EditionReading, file: EditionFileReading) -> str:
    """Say where the edition of a file stands, and which file it is."""
    state = edition.state_text
    if edition.state == EditionState.STALE:
        state = f"{state}: {edition.reasons[0].sentence.rstrip('.')}"
    words = {
        "state": state,
        "file": file.name,
        "number": edition.number,
        "title": edition.title,
        "day": day_text(edition.issued_at.date()),
    }
    sentence = _(
        "Ours, unchanged, %(state)s. It is %(file)s of edition %(number)d of “%(title)s”, "
        "issued on %(day)s."
    )
    said = sentence % words
    if file.is_withheld:
        return said + " " + _("Words that it quotes were withheld since: do not pass it on.")
    if file.is_closed:
        return said + " " + _("It is no longer given to readers: do not pass it on.")
    return said
