"""The public pages, measured in this process at each size of the scale.

Somebody wrote just before each reading, so that no answer was kept. No page may take longer than
300 ms, and none may grow with the base: *growth* is how long it takes against the least base. The
page that cites a claim runs pandoc, whose time is not ours: it has no goal.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from django.db import connections
from django.db.models import Count

from claims.models import Entity, Version
from sources.models import Publisher
from tests.benchmarks.base.catalogue import COMMON_TOPIC
from tests.benchmarks.base.editions import load_editions
from tests.benchmarks.base.fill import fill, settle
from tests.benchmarks.base.words import COMMON_WORD
from tests.benchmarks.figures import Comparison, Figure, milliseconds
from tests.benchmarks.in_process import Application, Writer, timed
from tests.benchmarks.scale import Scale, own_database

LONGEST = 0.3  # seconds
CITING = "citing a claim"


def measure(scale: Scale) -> Iterator[Figure]:
    """Each page, size by size; then how the largest base compares with the least."""
    first: dict[str, float] = {}
    for size, claims in scale.sizes.items():
        with own_database():
            at = datetime.now(UTC)
            filled = fill(claims)
            keys = load_editions(claims=claims, by=filled.staff, at=at)
            settle()
            try:
                for work, seconds in read_pages(keys, scale, at=at).items():
                    against = []
                    if work != CITING:
                        longest = Comparison("the longest allowed", seconds / LONGEST, most=1)
                        against.append(longest)
                    if work in first:
                        ratio = seconds / first[work]
                        against.append(Comparison(next(iter(scale.sizes)), ratio, most=1.3))
                    first.setdefault(work, seconds)
                    yield Figure(size, work, milliseconds(seconds), tuple(against))
            finally:
                connections.close_all()


def read_pages(keys: list[str], scale: Scale, *, at: datetime) -> dict[str, float]:
    """How long each page takes in the filled base, in seconds; of claims another one each round."""
    get, writer = Application().get, Writer()
    ids = list(Version.objects.visible_to(None, at).values_list("claim_id", "number"))
    rounds = scale.rounds
    claims = [ids[place * len(ids) // (rounds + 1)] for place in range(rounds + 1)]
    about = Entity.objects.known_to(None, at).annotate(claims=Count("versions"))
    busiest = about.order_by("-claims", "pk")[0]
    publisher = Publisher.objects.order_by("pk")[0].name.replace(" ", "+")
    addresses = {
        "search": "/",
        "search, a common word": f"/?q={COMMON_WORD}",
        "list of fact sheets": "/factsheets/",
        "edition, brief": f"/factsheets/{keys[0]}/2/",
        "edition, dossier, superseded": f"/factsheets/{keys[0]}/1/dossier/",
        "entities": "/entities/",
        "the entity with the most claims": f"/entities/{busiest.key}/",
        "publishers": "/sources/",
        "sources of a publisher": f"/sources/?publisher={publisher}",
        "topics": "/topics/",
        "a common topic": f"/topics/{COMMON_TOPIC}/",
        "conflicts": "/conflicts/",
        "corrections": "/corrections/",
        "about": "/about/",
        "index of site maps": "/sitemap.xml",
        "site map of pages": "/sitemap-pages.xml",
        "site map of claims": "/sitemap-claims-1.xml",
    }
    work: dict[str, Callable[[int], object]] = {
        name: lambda _round, address=address: get(address)  # type: ignore[misc]
        for name, address in addresses.items()
    }
    work["a claim"] = lambda round_: get(f"/claims/C{claims[round_][0]}/")
    taken = timed(work, rounds=rounds, before=lambda _name: writer.commit())

    def cite(round_: int) -> object:
        claim, number = claims[round_]
        return get(f"/claims/C{claim}/v{number}/cite/")

    taken |= timed({CITING: cite}, rounds=min(rounds, 3))
    return taken
