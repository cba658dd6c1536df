"""Withhold captures, texts and quotes: the one exception to append-only, by two people.

For a court order, libel, personal data. One administrator asks and gives the reason; a second
person carries it out or declines. Cleared columns stay empty; hashes, grades, dates and the
reason stay, and a tombstone stands wherever the words stood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet

from sources.actions import announce
from sources.actions.action import ReadOutdated, action, action_transaction, retry_outdated
from sources.actions.captures.texts import lock_layers, lock_texts
from sources.actions.permission import may, require
from sources.actions.quotes.grading import Regrading, compute_regradings, save_regradings
from sources.actions.quotes.withheld import save_location
from sources.actions.sources import locked
from sources.actions.withholding.clear_columns import Order, clear_columns, events_of, order_of
from sources.actions.withholding.find_copies import Copy, find_copies
from sources.domain.grading.quotes import CONTEXT_SIZE, MAX_LENGTH, GradedQuote, grade_quote
from sources.domain.refusals import Refusal
from sources.domain.text_fields import clean_words
from sources.models import (
    Blob,
    Capture,
    Excerpt,
    Extraction,
    Grading,
    Source,
    TextLayer,
    Withholding,
    WithholdingRequest,
)
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

Target = Capture | TextLayer | Excerpt

# What can be withheld, by the name of its table.
TARGETS: dict[str, type[Target]] = {
    model._meta.db_table: model for model in (Capture, TextLayer, Excerpt)
}

MAX_REASON = 2_000


class WithholdingRefused(Refusal):
    """A withholding that is not asked for or not carried out.

    `code`: withheld_already, waits_already, decided_already, same_person, not_readable,
    asked_by_none.
    """


@action
def ask_to_withhold(
    *, targets: Sequence[Target], reason: str, by: "User", at: datetime
) -> list[WithholdingRequest]:
    """Ask that captures, texts or quotes be withheld: a request for each, all or none.

    Raises WithholdingRefused, WordsRefused without a reason, NotPermitted.
    """
    require(by, Role.ADMINISTRATOR)
    because = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    return [ask_for(target, because, by=by, at=at) for target in targets]


def ask_for(target: Target, reason: str, *, by: "User", at: datetime) -> WithholdingRequest:
    """A request for one target. Raises WithholdingRefused."""
    require_readable(target, by, at)
    require_there(target)
    table = target._meta.db_table
    waiting = WithholdingRequest.objects.filter(
        table_name=table, row_id=target.pk, decided_at__isnull=True
    )
    if waiting.exists():
        raise WithholdingRefused(
            "waits_already",
            f"A request to withhold {described(target)} waits for a second person already.",
        )
    return WithholdingRequest.objects.create(
        table_name=table, row_id=target.pk, reason=reason, requested_by=by, requested_at=at
    )


def carry_out(*, request: WithholdingRequest, by: "User", at: datetime) -> list[Copy]:
    """Clear what is asked for and every copy of it, in one transaction; bytes go when it commits.

    What is left is searched and graded before anything is locked; copies of the words are searched
    for under the locks, so that a failed search withholds nothing. Returns the columns in which
    the words of a quote still stand: in the text that it was quoted from, where that was not
    withheld, and in what people wrote themselves. Raises WithholdingRefused, NotPermitted,
    ReadOutdated.
    """
    require(by, Role.EDITOR)
    target = target_of(request)
    words = target.exact if isinstance(target, Excerpt) else ""

    def attempt() -> list[Copy]:
        computed = compute_withholding(target_of(request))
        with action_transaction("carry_out", by=by, at=at):
            withhold(request, computed, by=by, at=at)
            # Inside: where it fails, nothing is withheld, and who asks again is told. After the
            # commit the words are gone, and nobody could search for them any more.
            return find_copies(words)

    return retry_outdated(attempt)


@dataclass(frozen=True)
class Computed:
    """The grades and locations that a withholding leaves, computed before the locks.

    `regradings` are the new matches of quotes, as they are once it is carried out, by the id of
    their source; `locations` is where the words of a withheld quote stand in other texts of its
    source, by the id of the text layer; `layers` are the ids of the layers that go; `copies` is
    what each of `announce.copy_searches` found.
    """

    regradings: Mapping[int, Sequence[Regrading]]
    locations: Mapping[int, GradedQuote]
    layers: Sequence[int] = ()
    copies: Mapping[str, Any] = field(default_factory=dict)


def compute_withholding(target: Target) -> Computed:
    """Search and grade what a withholding of the target leaves; neither locks nor writes."""
    if isinstance(target, Excerpt):
        source = target.source
        if is_withheld(target):
            return Computed({}, {})
        near = neighbours(target)
        without_context = list(source.excerpts.filter(pk__in=near).exclude(exact="").order_by("pk"))
        for excerpt in without_context:
            excerpt.prefix = excerpt.suffix = ""
        return Computed(
            {source.pk: compute_regradings(source, without_context)},
            {layer.pk: location_in(layer, target.exact) for layer in other_layers(target)},
            copies={name: search(target) for name, search in announce.copy_searches.items()},
        )
    layers = sorted(target.blob.layers.values_list("pk", flat=True))
    regradings = {
        source.pk: compute_regradings(
            source, list(source.excerpts.exclude(exact="").order_by("pk")), without=layers
        )
        for source in sources_with(layers)
    }
    return Computed(regradings, {}, layers)


def withhold(request: WithholdingRequest, computed: Computed, *, by: "User", at: datetime) -> None:
    """Carry out a request in a transaction; see `carry_out`."""
    request = decided(request, is_carried_out=True, by=by, at=at)
    target = target_of(request)
    require_there(target)
    if not may(request.requested_by, Role.ADMINISTRATOR):
        raise WithholdingRefused(
            "asked_by_none",
            f"{request.requested_by}, who asked for this, is no administrator any more. Decline "
            "it; an administrator can ask for it again.",
        )
    order = order_of(request, by=by, at=at)
    if isinstance(target, Excerpt):
        withhold_excerpt(target, computed, order)
    elif isinstance(target, TextLayer):
        withhold_layers(target.blob, computed, order)
    else:
        withhold_blob(target.blob, computed, order)


@action
def decline(*, request: WithholdingRequest, by: "User", at: datetime) -> WithholdingRequest:
    """Refuse what somebody asks to be withheld. Raises WithholdingRefused, NotPermitted."""
    return decided(request, is_carried_out=False, by=by, at=at)


def decided(
    request: WithholdingRequest, *, is_carried_out: bool, by: "User", at: datetime
) -> WithholdingRequest:
    """The request with a second person's decision: an editor's or an administrator's, once."""
    require(by, Role.EDITOR)
    request = WithholdingRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if request.decided_at is not None:
        raise WithholdingRefused(
            "decided_already", "Somebody decided on this request before; look again."
        )
    require_readable(target_of(request), by, at)
    if request.requested_by_id == by.pk:
        raise WithholdingRefused(
            "same_person", "You asked for this yourself; a second person decides on it."
        )
    request.decided_by, request.decided_at = by, at
    request.is_carried_out = is_carried_out
    request.save(update_fields=["decided_by", "decided_at", "is_carried_out"])
    return request


def withhold_excerpt(excerpt: Excerpt, computed: Computed, order: Order) -> None:
    """Clear a quote with its context and translation, its copies, and what its neighbours show."""
    source = excerpt.source = locked(excerpt.source)
    near = neighbours(excerpt)
    save_locations(excerpt, computed.locations, order)
    clear_columns(Excerpt.objects.filter(pk=excerpt.pk), EXCERPT_FIELDS, order)
    clear_columns(events_of(Excerpt).filter(id=excerpt.pk), ["translation"], order)
    clear_columns(Grading.objects.filter(excerpt=excerpt), ["passed_over"], order)
    clear_columns(excerpt.confirmations.all(), ["note"], order)
    withhold_passages(excerpt, order)
    announce.notify(announce.excerpt_withheld, excerpt=excerpt, order=order, copies=computed.copies)
    clear_columns(Excerpt.objects.filter(pk__in=near), ["prefix", "suffix"], order)
    save_computed(source, computed, Excerpt.objects.filter(pk__in=near), order)


def save_computed(
    source: Source, computed: Computed, excerpts: "QuerySet[Excerpt]", order: Order
) -> None:
    """Save the new gradings of these quotes. Raises ReadOutdated where not all are of today."""
    regradings = computed.regradings.get(source.pk, ())
    read = {each.excerpt.pk for each in regradings}
    now = set(excerpts.exclude(exact="").values_list("pk", flat=True))
    if read != now or save_regradings(source, regradings, at=order.at):
        raise ReadOutdated


def save_locations(excerpt: Excerpt, locations: Mapping[int, GradedQuote], order: Order) -> None:
    """Save where the words stand in the other texts of the source, so that they are redacted there.

    A text that is being made current meanwhile waits, and finds them by itself. What was found
    last stays the latest. Raises ReadOutdated where there is another text by now.
    """
    for capture in excerpt.source.captures.select_related("blob").order_by("blob"):
        lock_layers(capture.blob)
    last = excerpt.gradings.order_by("-pk").first()
    others = list(other_layers(excerpt))
    for layer in others:
        if layer.pk not in locations:
            raise ReadOutdated
        save_location(excerpt, layer, locations[layer.pk], at=order.at)
    if others and last is not None:
        last.pk = None
        last.save()


def location_in(layer: TextLayer, words: str) -> GradedQuote:
    """Locate words that are to be withheld in a text."""
    return grade_quote(words[:MAX_LENGTH], layer.text)


def other_layers(excerpt: Excerpt) -> "QuerySet[TextLayer]":
    """The texts of the source of a quote in which it was not graded yet."""
    return layers_with(excerpt).exclude(gradings__excerpt=excerpt)


def withhold_passages(excerpt: Excerpt, order: Order) -> None:
    """Clear the passages of a correction that share the words, in its history too.

    An empty string keeps the place of each: without any passage a correction would read as one of
    the whole source.
    """
    source = locked(excerpt.source)
    left = [
        "" if shares_words(words, excerpt.exact) else words for words in source.standing_passages
    ]
    if left != source.standing_passages:
        source.standing_passages = left
        source.save(update_fields=["standing_passages"])
    events = events_of(Source).filter(id=source.pk).exclude(standing_passages=[])
    sharing = [
        event.pk
        for event in events
        if any(shares_words(words, excerpt.exact) for words in event.standing_passages)
    ]
    clear_columns(events.filter(pk__in=sharing), ["standing_passages"], order)


def shares_words(one: str, other: str) -> bool:
    """Whether one of two wordings holds the other; one that was withheld shares nothing."""
    return bool(one and other) and (one in other or other in one)


EXCERPT_FIELDS = ["exact", "prefix", "suffix", "translation"]
LAYER_FIELDS = ["text", "metadata", "words", "completeness"]


def neighbours(excerpt: Excerpt) -> list[int]:
    """Other quotes of the source whose words before or after them may be words of this one."""
    latest = Grading.objects.filter(excerpt__source=excerpt.source, start__isnull=False).newest()
    own = latest.filter(excerpt=excerpt).first()
    holding = Q(prefix__contains=excerpt.exact) | Q(suffix__contains=excerpt.exact)
    near = set(excerpt.source.excerpts.filter(holding).values_list("pk", flat=True))
    if own is not None and own.start is not None and own.end is not None:
        close = latest.filter(
            layer=own.layer, start__lt=own.end + CONTEXT_SIZE, end__gt=own.start - CONTEXT_SIZE
        )
        near |= set(close.values_list("excerpt", flat=True))
    return sorted(near - {excerpt.pk})


def withhold_layers(blob: Blob, computed: Computed, order: Order) -> None:
    """Clear all texts of these bytes, and what gradings quote from them.

    Quotes from them stay, with their grade in what text is left. A text that is being extracted
    meanwhile waits, and is not kept.
    """
    lock_texts(blob)
    ids = sorted(blob.layers.values_list("pk", flat=True))
    if ids != list(computed.layers):
        raise ReadOutdated
    sources = list(sources_with(ids))
    clear_columns(TextLayer.objects.filter(pk__in=ids), LAYER_FIELDS, order)
    clear_columns(Grading.objects.filter(layer__in=ids), ["passed_over"], order)
    announce.notify(announce.layers_withheld, layers=ids, order=order)
    for source in sources:
        save_computed(source, computed, source.excerpts.all(), order)


def sources_with(layers: Sequence[int]) -> "QuerySet[Source]":
    """The sources that have captures with these text layers, in the order they are locked."""
    return Source.objects.filter(captures__blob__layers__in=layers).distinct().order_by("pk")


def withhold_blob(blob: Blob, computed: Computed, order: Order) -> None:
    """Clear every capture of these bytes, whichever source it is of, and all extracted texts.

    The row of the bytes names the withholding and keeps their hash; the file goes once that is
    certain. `verify` names a file that could not be deleted.
    """
    lock_texts(blob)
    Withholding.objects.create(
        table_name=Blob._meta.db_table,
        row_id=blob.pk,
        sha256=blob.sha256,
        reason=order.reason,
        administrator=order.administrator,
        second_person=order.second_person,
        withheld_at=order.at,
    )
    clear_columns(Capture.objects.filter(blob=blob), CAPTURE_FIELDS, order)
    clear_columns(
        Extraction.objects.filter(capture__blob=blob), ["message"], order
    )  # names the file
    withhold_layers(blob, computed, order)
    transaction.on_commit(partial(default_storage.delete, blob.storage_name))


CAPTURE_FIELDS = ["file_name", "fetched_from", "archive_url", "response"]


def target_of(request: WithholdingRequest) -> Target:
    """The row that a request is about."""
    row: Target = TARGETS[request.table_name]._default_manager.get(pk=request.row_id)
    return row


def requests_known_to(person: object, at: datetime) -> "QuerySet[WithholdingRequest]":
    """The requests about sources that the account may read."""
    readable = Source.objects.readable_by(person, at).values("pk")
    captures = Capture.objects.filter(source__in=readable)
    known: list[tuple[type[Target], QuerySet[Any]]] = [
        (Excerpt, Excerpt.objects.filter(source__in=readable)),
        (Capture, captures),
        (TextLayer, TextLayer.objects.filter(blob__in=captures.values("blob"))),
    ]
    which = Q()
    for model, rows in known:
        which |= Q(table_name=model._meta.db_table, row_id__in=rows.values("pk"))
    return WithholdingRequest.objects.filter(which)


def sources_of(target: Target) -> "QuerySet[Source]":
    """The sources that a target belongs to: several where they have the same bytes."""
    if isinstance(target, Excerpt):
        return Source.objects.filter(pk=target.source_id)
    return Source.objects.filter(captures__blob=target.blob_id).distinct()


def layers_with(excerpt: Excerpt) -> "QuerySet[TextLayer]":
    """The texts of the source in which the words of a quote stand still."""
    layers = TextLayer.objects.filter(blob__captures__source=excerpt.source).exclude(text="")
    return layers.distinct().order_by("pk")


def require_readable(target: Target, by: "User", at: datetime) -> None:
    """Refuse who may not read what they would have withheld. Raises WithholdingRefused."""
    readable = Source.objects.readable_by(by, at)
    if not sources_of(target).filter(pk__in=readable.values("pk")).exists():
        raise WithholdingRefused(
            "not_readable",
            "This is of a source that only named persons read. Ask one of them, or be named.",
        )


def require_there(target: Target) -> None:
    """Refuse what is empty already. Raises WithholdingRefused."""
    if is_withheld(target):
        raise WithholdingRefused(
            "withheld_already", f"{described(target).capitalize()} was withheld before; look again."
        )


def is_withheld(target: Target) -> bool:
    """Whether the words or bytes of a target are gone."""
    if isinstance(target, Excerpt):
        return not target.exact
    if isinstance(target, TextLayer):
        return not target.text
    return Withholding.objects.emptied_at(target.blob) is not None


def described(target: Target) -> str:
    """A target in a sentence, without its words."""
    return f"the {target._meta.verbose_name} {target.pk}"
