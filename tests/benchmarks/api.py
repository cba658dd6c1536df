"""The API and the pages, measured in this process and over HTTP, at each size of the scale.

A *miss* is an answer that nothing kept: somebody wrote just before. A *hit* is the same address
again, nothing written since. *Full limit* is one SQL statement that returns all that the API sends
of the same claims; *stock* are plain views of REST framework on the same rows. *Growth* is how long
a reading takes against the least base; a rare word has fewer claims there than fit a page, so that
its growth says little.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import connections
from django.db.models import Exists, OuterRef, QuerySet

from claims.models import Claim, ClaimTopic, Version
from sources.domain.search.typed import read_search
from tests.benchmarks.base.catalogue import COMMON_TOPIC, RARE_TOPIC
from tests.benchmarks.base.fill import Filled, fill
from tests.benchmarks.base.words import COMMON_WORD, RARE_WORD
from tests.benchmarks.figures import Comparison, Figure, milliseconds
from tests.benchmarks.full_limit import FullLimit, require_same_members
from tests.benchmarks.in_process import Application, Writer, signed_in, timed
from tests.benchmarks.over_http import over_http
from tests.benchmarks.scale import Scale, own_database

API, STOCK = "/api/v1/", "/stock/"
SHEET = 50


@dataclass(frozen=True)
class Cell:
    """A reading that is measured: its address below the API, and what it is held against.

    `page` are the versions that it shows, for the full limit. The goals are ratios: `limit` and
    `hit` to the full limit, `stock` of stock to it, `staff` of staff to anonymous readers.
    """

    work: str
    address: str
    stock_address: str = ""
    page: QuerySet[Any] | None = None
    limit: float | None = None
    stock: float | None = None
    staff: float | None = None
    hit: float = 0.7


def measure(scale: Scale) -> Iterator[Figure]:
    """Each figure of the section, size by size; then how the largest compares with the least."""
    first: dict[str, float] = {}
    for size, claims in scale.sizes.items():
        with own_database():
            base = Base(size, fill(claims), scale)
            try:
                for work, seconds, figure in base.figures():
                    yield figure
                    if work in first:
                        yield base.growth(work, seconds, first[work], next(iter(scale.sizes)))
                    elif seconds:
                        first[work] = seconds
                yield from over_http(size, scale)
            finally:
                base.close()


class Base:
    """A filled base, and whoever reads it."""

    def __init__(self, size: str, filled: Filled, scale: Scale) -> None:
        self.size = size
        self.scale = scale
        self.at = datetime.now(UTC)
        self.application = Application()
        self.writer = Writer()
        self.limit = FullLimit()
        self.staff = signed_in(filled.staff)
        # As lists have them, which leave out retracted claims.
        self.published = (
            Version.objects.published(self.at)
            .filter(taken_off_at__isnull=True)
            .filter(claim__in=Claim.objects.filter(retracted_at__isnull=True))
            .order_by("-claim_id")
        )
        ids = list(self.published.values_list("claim_id", flat=True))
        # As many claims from everywhere in the base as there are rounds, and one more.
        rounds = scale.rounds + 1
        self.claims = [ids[place * len(ids) // rounds] for place in range(rounds)]
        self.newest = ids[:SHEET]

    def close(self) -> None:
        """End what is connected to the database."""
        self.limit.close()
        connections.close_all()

    def under(self, key: str) -> QuerySet[Any]:
        """The published versions of claims under a topic."""
        ties = ClaimTopic.objects.filter(
            claim=OuterRef("claim"), topic=ClaimTopic.objects.filter(topic__key=key)[0].topic_id
        )
        return self.published.filter(Exists(ties))

    def lists(self) -> list[Cell]:
        """The lists of claims, and those of what they rest on and are party to."""
        common, rare = self.under(COMMON_TOPIC), self.under(RARE_TOPIC)
        rare_word, word = (
            self.published.found_by(read_search(word), None) for word in (RARE_WORD, COMMON_WORD)
        )
        topic, search = f"claims/?topic={COMMON_TOPIC}", "claims/?q="
        of_lists: dict[str, Any] = {"limit": 1.5, "stock": 4, "staff": 1.3}
        return [
            Cell("claims of a common topic", topic, page=common, **of_lists),
            Cell("claims of a rare topic", f"claims/?topic={RARE_TOPIC}", page=rare, **of_lists),
            Cell("claims, no filter", "claims/", page=self.published, **of_lists),
            Cell(
                "claims of a topic and status",
                f"{topic}&status=published",
                stock_address=topic,
                page=common,
                **of_lists,
            ),
            Cell("search, a rare word", f"{search}{RARE_WORD}", page=rare_word, limit=1.4),
            Cell("search, a common word", f"{search}{COMMON_WORD}", page=word, limit=1.5, stock=6),
            Cell("sources", "sources/", staff=1.3),
            Cell("excerpts", "excerpts/", staff=1.3),
            Cell("conflicts", "conflicts/", staff=1.3),
        ]

    def figures(self) -> Iterator[tuple[str, float, Figure]]:
        """Pairs of work, seconds and figure."""
        for cell in self.lists():
            yield from self.of_list(cell)
        yield from self.of_one()
        yield from self.of_pages()

    def of_list(self, cell: Cell) -> Iterator[tuple[str, float, Figure]]:
        """The figures of a list: misses, hits, and what staff reads."""
        get = self.application.get
        address, stock = f"{API}{cell.address}", f"{STOCK}{cell.stock_address or cell.address}"
        work: dict[str, Callable[[int], object]] = {}
        if cell.page is not None:
            statement = self.limit.statement(cell.page[:50], at=self.at)
            sent = orjson.loads(get(address))["results"]
            require_same_members(self.limit.rows(statement), sent)
            work["limit"] = lambda _round: self.limit.rows(statement)
        work |= {
            "stock": lambda _round: get(stock),
            "miss": lambda _round: get(address),
            "hit": lambda _round: get(address),
            "staff": lambda _round: get(address, cookie=self.staff),
        }
        yield from self.compared(cell, work)

    def of_one(self) -> Iterator[tuple[str, float, Figure]]:
        """The figures of one claim, another one each round."""
        get = self.application.get
        cell = Cell("one claim", "", limit=1.7, stock=3)
        statement = self.limit.statement_of_one(at=self.at)

        def row(claim: int) -> Any:
            return self.limit.rows(statement, {"claim": claim})

        for claim in self.claims:
            sent = orjson.loads(get(f"{API}claims/C{claim}/"))
            require_same_members(row(claim), [sent])
        work: dict[str, Callable[[int], object]] = {
            "limit": lambda round_: row(self.claims[round_]),
            "stock": lambda round_: get(f"{STOCK}claims/{self.claims[round_]}/"),
            "miss": lambda round_: get(f"{API}claims/C{self.claims[round_]}/"),
            "hit": lambda round_: get(f"{API}claims/C{self.claims[round_]}/"),
            "staff": lambda round_: get(f"{API}claims/C{self.claims[round_]}/", cookie=self.staff),
        }
        yield from self.compared(cell, work)

    def compared(
        self, cell: Cell, work: dict[str, Callable[[int], object]]
    ) -> Iterator[tuple[str, float, Figure]]:
        """Time the work of a cell in turns, and compare."""
        taken = timed(work, rounds=self.scale.rounds, before=self.before)
        miss = taken["miss"]
        against = []
        if "limit" in taken:
            against.append(self.ratio("full limit", miss, taken["limit"], most=cell.limit))
        against.append(
            Comparison(
                "as fast as stock",
                taken["stock"] / miss,
                milliseconds(taken["stock"]),
                least=cell.stock,
            )
        )
        yield cell.work, miss, self.figure(cell.work, miss, *against)
        if "limit" in taken:
            ratio = self.ratio("full limit", taken["hit"], taken["limit"], most=cell.hit)
        else:
            ratio = self.ratio("a miss", taken["hit"], miss)
        yield "", 0, self.figure(f"{cell.work}, again", taken["hit"], ratio)
        ratio = self.ratio("anonymous", taken["staff"], miss, most=cell.staff)
        yield "", 0, self.figure(f"{cell.work}, staff", taken["staff"], ratio)

    def of_pages(self) -> Iterator[tuple[str, float, Figure]]:
        """The figures of public pages and of a fact sheet; they have no yardstick."""
        get = self.application.get
        refs = ",".join(f"C{claim}" for claim in self.newest)
        sheet = f"{API}factsheets/?claims={refs}"
        work: dict[str, Callable[[int], object]] = {
            "page of a claim": lambda round_: get(f"/claims/C{self.claims[round_]}/"),
            "page of a topic": lambda _round: get(f"/topics/{COMMON_TOPIC}/"),
        }
        sheets: dict[str, Callable[[int], object]] = {
            f"fact sheet of {SHEET} claims, HTML": lambda _round: get(f"{sheet}&as=html"),
            f"fact sheet of {SHEET} claims, Markdown": lambda _round: get(f"{sheet}&as=markdown"),
        }
        taken = timed(work, rounds=self.scale.rounds, before=self.before)
        taken |= timed(sheets, rounds=min(self.scale.rounds, 3), before=self.before)
        for name, seconds in taken.items():
            yield name, seconds, self.figure(name, seconds)

    def before(self, name: str) -> None:
        """Write something before each reading but the one that repeats the last."""
        if name != "hit":
            self.writer.commit()

    def figure(self, work: str, seconds: float, *against: Comparison) -> Figure:
        """A figure of this base."""
        return Figure(self.size, work, milliseconds(seconds), against)

    def ratio(
        self, yardstick: str, seconds: float, other: float, *, most: float | None = None
    ) -> Comparison:
        """A time as a multiple of another."""
        return Comparison(yardstick, seconds / other, milliseconds(other), most=most)

    def growth(self, work: str, seconds: float, before: float, least: str) -> Figure:
        """How a time compares with that in the least base."""
        most = {"100k": 1.3, "1M": 1.5}.get(self.size)
        return self.figure(
            f"{work}, growth", seconds, self.ratio(least, seconds, before, most=most)
        )
