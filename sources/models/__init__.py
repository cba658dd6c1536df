"""The tables of sources: published works, their captures and texts, and quotes."""

from sources.models.capture import Blob, Capture, Extraction, TextLayer
from sources.models.excerpt import Confirmation, Excerpt, Grading
from sources.models.job import JobFailure
from sources.models.publisher import Publisher, PublisherJudgement
from sources.models.removed_quote import RemovedQuote
from sources.models.search_words import SearchLanguage, SourceWords
from sources.models.source import Series, SeriesMember, Source, SourceOrigin, SourceReader
from sources.models.tray import CollectedQuote
from sources.models.withholding import Withholding, WithholdingRequest

__all__ = [
    "Blob",
    "Capture",
    "CollectedQuote",
    "Confirmation",
    "Excerpt",
    "Extraction",
    "Grading",
    "JobFailure",
    "Publisher",
    "PublisherJudgement",
    "RemovedQuote",
    "SearchLanguage",
    "Series",
    "SeriesMember",
    "Source",
    "SourceOrigin",
    "SourceReader",
    "SourceWords",
    "TextLayer",
    "Withholding",
    "WithholdingRequest",
]
