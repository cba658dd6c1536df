"""Claims at the desk; importing this registers their pages with Django's admin."""

from claims.admin.catalogue import EntityAdmin, PropertyAdmin, TopicAdmin
from claims.admin.claims.pages import ClaimAdmin
from claims.admin.conflicts.pages import ConflictAdmin
from claims.admin.dictionaries.pages import DictionaryAdmin
from claims.admin.extracts import ExtractAdmin
from claims.admin.factsheets.pages import FactSheetAdmin
from claims.admin.flags import FlagAdmin
from claims.admin.jobs import JobAdmin
from claims.admin.series_stop_words import StopWordsAdmin

__all__ = [
    "ClaimAdmin",
    "ConflictAdmin",
    "DictionaryAdmin",
    "EntityAdmin",
    "ExtractAdmin",
    "FactSheetAdmin",
    "FlagAdmin",
    "JobAdmin",
    "PropertyAdmin",
    "StopWordsAdmin",
    "TopicAdmin",
]
