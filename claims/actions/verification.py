"""Checking that claims still are what was approved: hashes, reviews and comparisons, recomputed."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from claims.actions.absence.document_search import is_as_searched
from claims.actions.absence.queue import is_queued
from claims.actions.claims.content_rows import (
    CONTENT_ROWS,
    search_text_of,
    stored_content,
    typed_columns,
)
from claims.actions.conflicts.record_check import record_problems
from claims.actions.extracts.extract_check import check_extract_files, check_extracts
from claims.actions.factsheets.edition_check import check_edition_files, check_editions
from claims.domain.content import HASH_FORMAT, Content, content_hash
from claims.models import AbsenceScope, Claim, Evidence, Review, Version
from claims.querysets.derived_columns import (
    count_mismatches,
    newest_mismatches,
    outside_word_index,
)
from claims.vocabulary import Decision, Status
from sources.actions.verification import Checked
from sources.domain.refusals import Refusal
from sources.models import Excerpt, Withholding


def verify_claims(*, at: datetime) -> Iterator[Checked]:
    """Recompute what this app keeps, one kind after the other."""
    yield check_hashes()
    yield check_reviews()
    yield check_newest()
    yield check_counted()
    yield check_words()
    yield Checked("comparisons", Version.objects.count(), record_problems(at=at))
    yield check_absences()
    yield check_edition_files()
    yield check_editions()
    yield check_extract_files()
    yield check_extracts()


def check_hashes() -> Checked:
    """Every version's content and evidence have its hash, but where something was withheld."""
    checked = Checked("content hashes")
    gone = Withholding.objects.ids_of(Version)
    withheld = Withholding.objects.ids_of(Excerpt)
    empty = Evidence.objects.filter(excerpt__in=withheld, excerpt__exact="")
    gone |= set(empty.values_list("version", flat=True))
    versions = Version.objects.prefetch_related("value_entity", *CONTENT_ROWS).order_by("pk")
    for version in versions.iterator(chunk_size=500):
        checked.count += 1
        if version.pk in gone:
            continue
        if version.hash_format != HASH_FORMAT:
            checked.problems.append(
                f"{version.ref} has a hash of format {version.hash_format}, which is not known."
            )
            continue
        content, quotes = stored_content(version)
        if content_hash(content, quotes, salt=version.salt) != version.content_hash:
            checked.problems.append(f"{version.ref} says something else than its hash.")
        elif not is_kept_as_typed(version, content):
            checked.problems.append(f"{version.ref} keeps another value or period than was typed.")
        elif version.search_text != search_text_of(content):
            checked.problems.append(f"{version.ref} keeps other words for search than it has.")
    return checked


def check_newest() -> Checked:
    """Of every claim the newest version is marked, and no other."""
    problems = [
        f"{ref} is marked as newest and is not, or the reverse." for ref in newest_mismatches()
    ]
    return Checked("newest versions", Claim.objects.count(), problems)


def check_counted() -> Checked:
    """The value of every version counts unless it has evidence and nothing supports it."""
    problems = [
        f"{ref} is held against other claims by its value and should not be, or the reverse."
        for ref in count_mismatches()
    ]
    return Checked("values that count", Version.objects.count(), problems)


def check_words() -> Checked:
    """Every version is found by the words of its text for search, as far as it has one."""
    problems = [f"{ref} is indexed by other words than it has." for ref in outside_word_index()]
    return Checked("words for search", Version.objects.count(), problems)


def is_kept_as_typed(version: Version, content: Content) -> bool:
    """Whether value and period stand in their columns as the typed ones are read."""
    try:
        typed = typed_columns(content, version.property)
    except Refusal:
        return False
    return all(getattr(version, name) == value for name, value in typed.items())


def check_absences() -> Checked:
    """Every compared absence was searched for in its documents as they are now, or is queued."""
    checked = Checked("searches for what is absent")
    scopes = AbsenceScope.objects.filter(version__is_compared=True).select_related("version")
    for scope in scopes.order_by("pk").iterator(chunk_size=100):
        checked.count += 1
        if not is_as_searched(scope) and not is_queued(scope):
            checked.problems.append(
                f"{scope.version.ref} has a search that finds something else today. Search again."
            )
    return checked


def check_reviews() -> Checked:
    """Every approved version has the approving review of another person, of the same content."""
    checked = Checked("approved versions")
    approved = Version.objects.filter(status=Status.APPROVED)
    checked.count = approved.count()
    reviews = Review.objects.filter(
        decision=Decision.APPROVE,
        content_hash=F("version__content_hash"),
        author=F("version__author"),
    ).exclude(reviewer=F("version__author"))
    for version in approved.exclude(pk__in=reviews.values("version")).order_by("pk"):
        checked.problems.append(f"{version.ref} is approved without a review of another person.")
    return checked
