"""Tables of claims, their evidence, reviews and conflicts."""

from claims.models.absence import AbsenceRun, Dismissal, Finding
from claims.models.claim import Claim, ClaimTopic
from claims.models.conflict import (
    Conflict,
    ConflictDecision,
    ConflictMember,
    PublicConflict,
    PublicConflictMember,
)
from claims.models.dictionary import DictionaryVersion, StopWords
from claims.models.entity import Entity, Property, Topic
from claims.models.evidence import AbsenceDocument, AbsenceScope, Evidence, Premise
from claims.models.extract import (
    Extract,
    ExtractFile,
    ExtractSource,
    ExtractVersion,
    ExtractWithdrawal,
)
from claims.models.factsheet import (
    Edition,
    EditionFile,
    EditionVersion,
    EditionWithdrawal,
    Erratum,
    FactSheet,
)
from claims.models.flag import Flag, Use
from claims.models.issue_request import IssueRequest
from claims.models.review import Judgement, Review
from claims.models.search_words import EntityWords, TopicWords, VersionWords
from claims.models.text_counts import TextWords, TopicCount
from claims.models.unsaved_entry import UnsavedEntry
from claims.models.version import Asserter, Version

__all__ = [
    "AbsenceDocument",
    "AbsenceRun",
    "AbsenceScope",
    "Asserter",
    "Claim",
    "ClaimTopic",
    "Conflict",
    "ConflictDecision",
    "ConflictMember",
    "DictionaryVersion",
    "Dismissal",
    "Edition",
    "EditionFile",
    "EditionVersion",
    "EditionWithdrawal",
    "Entity",
    "EntityWords",
    "Erratum",
    "Evidence",
    "Extract",
    "ExtractFile",
    "ExtractSource",
    "ExtractVersion",
    "ExtractWithdrawal",
    "FactSheet",
    "Finding",
    "Flag",
    "IssueRequest",
    "Judgement",
    "Premise",
    "Property",
    "PublicConflict",
    "PublicConflictMember",
    "Review",
    "StopWords",
    "TextWords",
    "Topic",
    "TopicCount",
    "TopicWords",
    "UnsavedEntry",
    "Use",
    "Version",
    "VersionWords",
]
