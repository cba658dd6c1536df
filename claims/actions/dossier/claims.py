"""Loading the claims of a dossier: versions, decisions, and the questions between them."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from claims.actions.absence.runs import run_absence
from claims.actions.claims.entry import Tie, file_under, propose, revise, says_the_same, submit
from claims.actions.claims.publication import retract
from claims.actions.claims.review import JudgementGiven, NotReadable, decide
from claims.actions.conflicts.decisions import open_editorial
from claims.actions.dossier.loading import Loaded, count, entry
from claims.actions.dossier.stored import StoredClaim, changes_nothing, stored_claims
from claims.domain.approval import ApprovalRefused
from claims.domain.dossier.claims import ClaimEntry, EntryStatus, EvidenceEntry
from claims.domain.dossier.contents import ConflictEntry
from claims.domain.dossier.parsing import DOSSIER
from claims.domain.dossier.summary import Held, Undated, Unverified
from claims.domain.values.units import is_above_whole
from claims.models import AbsenceScope, Claim, Conflict, Topic, Version
from claims.querysets.other_bases import others_of_stored
from claims.readings.other_bases import held_apart
from claims.vocabulary import ConflictKind, Decision, Status
from sources.actions.quotes.confirming import ConfirmationGiven
from sources.actions.quotes.excerpts import QuoteRequest, quote
from sources.domain.ranges import Range
from sources.models import Excerpt
from sources.readings.doubts import doubts_on_record
from sources.vocabulary import Grade


def load_claims(loaded: Loaded) -> None:
    """Load every claim that is new or changed, with its evidence and decision."""
    claims = loaded.dossier.claims
    stored = stored_claims(loaded.dossier.namespace, [given.id for given in claims])
    for given in claims:
        if not count_unchanged(loaded, given, stored.get(given.id)):
            loaded.about_to_write()
            with entry(DOSSIER, "claim", given.id):
                load_claim(loaded, given, stored.get(given.id))


def count_unchanged(loaded: Loaded, given: ClaimEntry, stored: StoredClaim | None) -> bool:
    """Count an entry that changes nothing, and say whether it is one. Nothing is locked."""
    if stored is None or not changes_nothing(given, stored):
        return False
    loaded.summary.claims.skipped += 1
    if given.status.is_decided and stored.is_latest:
        loaded.summary.decisions.skipped += 1
    for piece in stored.evidence():
        loaded.summary.evidence.skipped += 1
        note_grade(loaded, piece.excerpt)
        if not piece.excerpt.is_verified:
            note_unverified(loaded, given, piece.excerpt)
    return True


def load_claim(loaded: Loaded, given: ClaimEntry, stored: StoredClaim | None) -> None:
    """Load a claim with its evidence and decision; `stored` is what is there of it, if anything."""
    ties = [load_evidence(loaded, piece) for piece in given.evidence]
    version = load_version(loaded, given, stored, ties)
    if version is not None:
        loaded.written[version.pk] = given.id
        if version.property is not None and is_above_whole(
            amount_of(version), unit=version.property.unit
        ):
            loaded.summary.above_whole.append(given.id)
        follow_decision(loaded, given, version)
    unverified = [tie.excerpt for tie in ties if not tie.excerpt.is_verified]
    confirmed = Excerpt.objects.verified().in_bulk([excerpt.pk for excerpt in unverified])
    for excerpt in unverified:
        if excerpt.pk not in confirmed:
            note_unverified(loaded, given, excerpt)


def amount_of(version: Version) -> Range[Decimal] | None:
    """The numbers that a version's value covers; None where it is no number."""
    amount = version.amount
    if amount is None:
        return None
    return Range(amount.lower, amount.upper, amount.lower_inc, amount.upper_inc)


def note_undated(loaded: Loaded) -> None:
    """Name the claims that were written and are not compared with some that they differ from, since
    either alone is bound to a time. Reads only: call it when the transaction is over.
    """
    written, loaded.written = loaded.written, {}
    beside = others_of_stored(written, at=loaded.at, public=False)
    known = Version.objects.filter(pk__in=[pk for pk, others in beside.items() if others])
    found = held_apart(
        list(known.in_position()), reader=loaded.author, at=loaded.at, is_public=False
    )
    loaded.summary.undated += [
        Undated(written[pk], tuple(other.ref for other in apart.undated))
        for pk, apart in sorted(found.items())
        if apart.undated
    ]


def note_grade(loaded: Loaded, excerpt: Excerpt) -> None:
    """Count the grade of a quote, each once."""
    if excerpt.pk not in loaded.graded:
        loaded.graded.add(excerpt.pk)
        loaded.summary.grades[Grade(excerpt.grade)] += 1


def note_unverified(loaded: Loaded, given: ClaimEntry, excerpt: Excerpt) -> None:
    """Name a quote that is not verified for the person who loads."""
    loaded.summary.unverified.append(
        Unverified(given.id, excerpt.source.key, Grade(excerpt.grade), excerpt.exact)
    )


def wording_of(loaded: Loaded, piece: EvidenceEntry) -> QuoteRequest:
    """The words that a piece of evidence quotes, to be searched for."""
    return QuoteRequest(loaded.sources[piece.source], piece.quote, piece.prefix, piece.suffix)


def load_evidence(loaded: Loaded, piece: EvidenceEntry) -> Tie:
    """A quote as evidence."""
    excerpt = quote(
        source=loaded.sources[piece.source],
        exact=piece.quote,
        prefix=piece.prefix,
        suffix=piece.suffix,
        locator=piece.locator,
        page=piece.page,
        language=piece.language,
        by=loaded.author,
        at=loaded.at,
        match=loaded.matches.get(wording_of(loaded, piece)),
    )
    note_grade(loaded, excerpt)
    own_origin = loaded.sources[piece.own_origin] if piece.own_origin else None
    return Tie(excerpt, piece.stance, own_origin)


def load_version(
    loaded: Loaded, given: ClaimEntry, stored: StoredClaim | None, ties: Sequence[Tie]
) -> Version | None:
    """The version that says what the entry says, written where there is none.

    None where the entry is as it was when it was loaded, and the desk has gone on since.
    """
    topics = [loaded.topics[key] for key in given.topics]
    submit_it = given.status is not EntryStatus.DRAFT
    if stored is None:
        loaded.summary.claims.new += 1
        loaded.summary.evidence.new += len(ties)
        return propose(
            content=given.content,
            evidence=ties,
            topics=topics,
            submit_it=submit_it,
            namespace=loaded.dossier.namespace,
            external_id=given.id,
            by=loaded.author,
            at=loaded.at,
        )
    is_refiled = add_topics(loaded, stored, topics)
    if says_the_same(stored.loaded, given.content, ties):
        count(loaded.summary.claims, is_changed=is_refiled)
        loaded.summary.evidence.skipped += len(ties)
        return stored.latest if stored.is_latest else None
    loaded.summary.claims.changed += 1
    loaded.summary.evidence.changed += len(ties)
    return revise(
        claim=stored.claim,
        content=given.content,
        evidence=ties,
        seen=stored.latest.number,
        change_note=loaded.change_note,
        submit_it=submit_it,
        by=loaded.author,
        at=loaded.at,
    )


def add_topics(loaded: Loaded, stored: StoredClaim, topics: Sequence[Topic]) -> bool:
    """File a claim under topics that it lacks; those that the desk added stay."""
    missing = [topic for topic in topics if topic not in stored.topics]
    if missing:
        file_under(
            claim=stored.claim,
            topics=[*stored.topics, *missing],
            by=loaded.author,
            at=loaded.at,
        )
    return bool(missing)


def follow_decision(loaded: Loaded, given: ClaimEntry, version: Version) -> None:
    """Bring a version to where the entry says it stands, as far as that is still open.

    A decision that the desk has taken meanwhile stays.
    """
    if given.status is not EntryStatus.DRAFT and version.status == Status.DRAFT:
        version = submit(version=version, by=loaded.author, at=loaded.at)
    if not given.status.is_decided:
        return
    was_open = version.status == Status.SUBMITTED
    if was_open:
        is_decided = decide_as_given(loaded, given, version)
        if not is_decided:
            return
    claim = Claim.objects.get(pk=version.claim_id)
    version.refresh_from_db(fields=["status"])
    if (
        given.status is EntryStatus.RETRACTED
        and version.status == Status.APPROVED
        and not claim.is_retracted
    ):
        person = loaded.people[given.decided_by]
        retract(claim=claim, reason=given.note, by=person, at=loaded.at)
        if not was_open:
            loaded.summary.decisions.new += 1
    elif not was_open:
        loaded.summary.decisions.skipped += 1


def decide_as_given(loaded: Loaded, given: ClaimEntry, version: Version) -> bool:
    """Decide on a submitted version as the entry says; an approval publishes now.

    What may not be approved stays submitted, and the summary says why; False then.
    """
    is_rejection = given.status is EntryStatus.REJECTED
    if not is_rejection:
        search_before_decision(loaded, version)
    judgements = {} if is_rejection else judgements_given(given, version)
    try:
        with transaction.atomic():
            decide(
                version=version,
                decision=Decision.REJECT if is_rejection else Decision.APPROVE,
                content_hash=version.content_hash,
                note=given.note,
                judgements=judgements,
                decided_at=given.decided_at,
                by=loaded.people[given.decided_by],
                at=loaded.at,
            )
    except (ApprovalRefused, NotReadable) as refusal:
        loaded.summary.held.append(Held(given.id, refusal.message))
        return False
    loaded.summary.decisions.new += 1
    return True


def search_before_decision(loaded: Loaded, version: Version) -> None:
    """Search for what the version says is absent: an approval rests on what comes close.

    The texts of a dossier come in its own transaction, which nobody waits for.
    """
    scope = AbsenceScope.objects.select_related("version").filter(version=version).first()
    if scope is not None:
        run_absence(scope=scope, at=loaded.at, afresh=False)


def judgements_given(given: ClaimEntry, version: Version) -> dict[int, JudgementGiven]:
    """The judgement of an approval on each quote, with the words that the entry says confirmed.

    They are told by the words alone: where the text has others, the doubt stays open, and the
    claim is held.
    """
    quotes = dict(version.evidence.values_list("pk", "excerpt_id"))
    doubts = doubts_on_record(quotes.values())
    stored = Excerpt.objects.select_related("source").in_bulk(quotes.values())
    confirmed = {
        (piece.source, piece.quote): {as_compared(one.words): one.note for one in piece.confirmed}
        for piece in given.evidence
    }
    found = {}
    for piece, excerpt in quotes.items():
        words = confirmed.get((stored[excerpt].source.key, stored[excerpt].exact), {})
        found[piece] = JudgementGiven(
            makes_claim=True,
            note=given.note,
            confirmed=[
                ConfirmationGiven(one.kind, one.number, one.sha256, words[as_compared(one.words)])
                for one in doubts.get(excerpt, ())
                if as_compared(one.words) in words
            ],
        )
    return found


def as_compared(words: str) -> str:
    """The words that stand in doubt, without what only white space and Unicode form differ in."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def load_conflicts(loaded: Loaded) -> None:
    """Open the questions that the dossier asks of its claims, each once."""
    for given in loaded.dossier.conflicts:
        with entry(DOSSIER, "conflict", given.question):
            load_conflict(loaded, given)


def load_conflict(loaded: Loaded, given: ConflictEntry) -> None:
    """One question; one that was asked of the same claims before stays as it is."""
    claims = list(
        Claim.objects.filter(
            namespace=loaded.dossier.namespace, external_id__in=given.members
        ).order_by("pk")
    )
    members = {claim.pk for claim in claims}
    asked = Conflict.objects.filter(kind=ConflictKind.EDITORIAL, question=given.question)
    for conflict in asked:
        if set(conflict.members.values_list("claim_id", flat=True)) == members:
            loaded.summary.conflicts.skipped += 1
            return
    loaded.about_to_write()
    open_editorial(
        claims=claims,
        question=given.question,
        by=loaded.people[given.opened_by],
        at=loaded.at,
    )
    loaded.summary.conflicts.new += 1
