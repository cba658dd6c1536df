"""Loading the claims of a dossier: versions, decisions, and the questions between them."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from claims.actions.claims.content_rows import read_content, stored_content
from claims.actions.claims.entry import Tie, file_under, hashed_quotes, propose, revise, submit
from claims.actions.claims.publication import retract
from claims.actions.claims.review import JudgementGiven, decide
from claims.actions.conflicts.decisions import open_editorial
from claims.actions.dossier.loading import Loaded, count, entry
from claims.domain.approval import ApprovalRefused
from claims.domain.dossier.contents import ClaimEntry, ConflictEntry, EntryStatus, EvidenceEntry
from claims.domain.dossier.parsing import DOSSIER
from claims.domain.dossier.summary import Held, Unverified
from claims.models import Claim, Conflict, Topic, Version
from claims.vocabulary import ConflictKind, Decision, Status
from sources.actions.quotes.excerpts import quote
from sources.vocabulary import Grade

# What a version says of itself that a load wrote after the first one.
OF_A_DOSSIER = "Changed in the dossier."
OF_A_FILE = "Changed in the imported file."


def load_claims(loaded: Loaded) -> None:
    """Load every claim with its evidence and decision."""
    grades: dict[int, Grade] = {}
    for given in loaded.dossier.claims:
        with entry(DOSSIER, "claim", given.id):
            grades |= load_claim(loaded, given)
    loaded.summary.grades.update(grades.values())


def load_claim(loaded: Loaded, given: ClaimEntry) -> dict[int, Grade]:
    """Load a claim with its evidence and decision; the grades of its excerpts, by their pk."""
    ties = [load_evidence(loaded, given, piece) for piece in given.evidence]
    version = load_version(loaded, given, ties)
    if version is not None:
        follow_decision(loaded, given, version)
    return {tie.excerpt.pk: Grade(tie.excerpt.grade) for tie in ties}


def load_evidence(loaded: Loaded, given: ClaimEntry, piece: EvidenceEntry) -> Tie:
    """A quote as evidence; one that is not verified is noted for the person who loads."""
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
    )
    grade = Grade(excerpt.grade)
    if not grade.is_verified:
        loaded.summary.unverified.append(Unverified(given.id, piece.source, grade, piece.quote))
    own_origin = loaded.sources[piece.own_origin] if piece.own_origin else None
    return Tie(excerpt, piece.stance, own_origin)


def load_version(loaded: Loaded, given: ClaimEntry, ties: Sequence[Tie]) -> Version | None:
    """The version that says what the entry says, written where there is none.

    None where the entry is as it was when it was loaded, and the desk has gone on since.
    """
    claim = Claim.objects.filter(namespace=loaded.dossier.namespace, external_id=given.id).first()
    topics = [loaded.topics[key] for key in given.topics]
    submit_it = given.decision.status is not EntryStatus.DRAFT
    if claim is None:
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
    is_refiled = file_besides(loaded, claim, topics)
    latest = claim.versions.order_by("-number")[0]
    came_in = Q(number=1) | Q(change_note__in=(OF_A_DOSSIER, OF_A_FILE))
    of_the_load = claim.versions.filter(came_in).order_by("-number")[0]
    if is_equal(of_the_load, given, ties):
        count(loaded.summary.claims, is_changed=is_refiled)
        loaded.summary.evidence.skipped += len(ties)
        return latest if of_the_load == latest else None
    loaded.summary.claims.changed += 1
    loaded.summary.evidence.changed += len(ties)
    return revise(
        claim=claim,
        content=given.content,
        evidence=ties,
        seen=latest.number,
        change_note=loaded.change_note,
        submit_it=submit_it,
        by=loaded.author,
        at=loaded.at,
    )


def is_equal(version: Version, given: ClaimEntry, ties: Sequence[Tie]) -> bool:
    """Whether the version says what the entry says, on the same evidence."""
    content, quotes = stored_content(version)
    return (content, set(quotes)) == (read_content(given.content).content, set(hashed_quotes(ties)))


def file_besides(loaded: Loaded, claim: Claim, topics: Sequence[Topic]) -> bool:
    """File a claim under topics that it lacks; those that the desk added stay."""
    filed = list(claim.topics.all())
    missing = [topic for topic in topics if topic not in filed]
    if missing:
        file_under(claim=claim, topics=[*filed, *missing], by=loaded.author, at=loaded.at)
    return bool(missing)


def follow_decision(loaded: Loaded, given: ClaimEntry, version: Version) -> None:
    """Bring a version to where the entry says it stands, as far as that is still open.

    A decision that the desk has taken meanwhile stays.
    """
    decision = given.decision
    if decision.status is not EntryStatus.DRAFT and version.status == Status.DRAFT:
        version = submit(version=version, by=loaded.author, at=loaded.at)
    if not decision.status.is_decided:
        return
    was_open = version.status == Status.SUBMITTED
    if was_open:
        is_decided = take_decision(loaded, given, version)
        if not is_decided:
            return
    claim = Claim.objects.get(pk=version.claim_id)
    version.refresh_from_db(fields=["status"])
    if (
        decision.status is EntryStatus.RETRACTED
        and version.status == Status.APPROVED
        and not claim.is_retracted
    ):
        person = loaded.people[decision.decided_by]
        retract(claim=claim, reason=decision.note, by=person, at=loaded.at)
        if not was_open:
            loaded.summary.decisions.new += 1
    elif not was_open:
        loaded.summary.decisions.skipped += 1


def take_decision(loaded: Loaded, given: ClaimEntry, version: Version) -> bool:
    """Decide on a submitted version as the entry says; an approval publishes now.

    What may not be approved stays submitted, and the summary says why; False then.
    """
    decision = given.decision
    is_rejection = decision.status is EntryStatus.REJECTED
    judgements = {
        piece: JudgementGiven(makes_claim=True, note=decision.note)
        for piece in version.evidence.values_list("pk", flat=True)
    }
    try:
        with transaction.atomic():
            decide(
                version=version,
                decision=Decision.REJECT if is_rejection else Decision.APPROVE,
                content_hash=version.content_hash,
                note=decision.note,
                judgements={} if is_rejection else judgements,
                decided_at=decision.decided_at,
                by=loaded.people[decision.decided_by],
                at=loaded.at,
            )
    except ApprovalRefused as refusal:
        loaded.summary.held.append(Held(given.id, refusal.message))
        return False
    loaded.summary.decisions.new += 1
    return True


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
    open_editorial(
        claims=claims,
        question=given.question,
        by=loaded.people[given.opened_by],
        at=loaded.at,
    )
    loaded.summary.conflicts.new += 1
