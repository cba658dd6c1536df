"""Results of extraction: the text with its pages, or the reason why there is none."""

from dataclasses import dataclass
from typing import Any

from sources.domain.refusals import Refusal
from sources.domain.text.completeness import Completeness
from sources.domain.text.pages import Page
from sources.domain.text.spans import DoubtfulSpan, Span


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The text that one version of one extractor extracted from a file.

    The text is NFC with line ends as \\n, without NUL and lone surrogates; its pages are parted by
    form feeds; positions are code points, half-open. `metadata` is what the file says of itself,
    in the names of CSL-JSON, and how it was read: `media_type`, `encoding`. `words` are those by
    which quotes are looked for in all texts. `doubts` are the places that only a person can read,
    in order. `completeness` is None where the reader leaves nothing out.
    """

    extractor: str
    version: str
    text: str
    pages: tuple[Page, ...]
    apparatus: tuple[Span, ...]
    metadata: dict[str, Any]
    words: tuple[str, ...] = ()
    doubts: tuple[DoubtfulSpan, ...] = ()
    completeness: Completeness | None = None


class ExtractionRefused(Refusal):
    """A file without a text to quote from.

    `code`: no_text, password, damaged, too_large, too_slow, too_much_memory, unknown_kind,
    encoding, nul, empty. `extractor` and `version` say who tried.
    """

    def __init__(self, code: str, message: str, *, extractor: str, version: str) -> None:
        super().__init__(code, message)
        self.extractor = extractor
        self.version = version


@dataclass(frozen=True, slots=True)
class ExtractionLimits:
    """Limits on extracting one text.

    `seconds` by the clock, `cpu_seconds` of a processor, `memory` in bytes of address space,
    `input` and `output` in bytes, `characters` of text.
    """

    seconds: float = 60
    cpu_seconds: int = 60
    memory: int = 1024 * 1024 * 1024
    input: int = 50 * 1024 * 1024
    output: int = 100 * 1024 * 1024
    characters: int = 20_000_000


LIMITS = ExtractionLimits()
