"""Every page of the desk by the routes of the product, so that no new page is left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import URLPattern, get_resolver

from claims.actions.claims.entry import Tie
from claims.models import Extract, FactSheet, Flag
from sources.models import Capture, Publisher, Series
from sources.vocabulary import Standing
from tests import factories as make
from tests.claims import absences
from tests.claims.admin import test_pages
from tests.claims.pages import every_page

# Routes that are no page of ours, by how they begin, each with the reason.
NO_PAGES = {
    "admin/(?P<url>.*)": "Django's answer to an address that is none.",
    "admin/r/": "It leads to the public page of a row; no model of ours has one there.",
    "admin/autocomplete/": "No field of ours asks for it.",
    "admin/procrastinate/": "Jobs have a page of our own.",
}
# Names of Django's routes that the desk may refuse: nothing is deleted, and some rows are entered,
# listed or read elsewhere; the claim of the world has no search that could be made again.
MAY_BE_REFUSED = re.compile("_(delete|history|add|change|changelist)$|^claims_claim_search$")
# A redirect, a page of a higher role, and a route that wants a POST are no page for a person.
NO_PAGE_STATUSES = {302, 403, 405}
GAPS = (
    "The government of the province declined to sign the deal on gas, the ministry said on Monday."
)


@dataclass(frozen=True)
class Desk:
    """The addresses of a world of rows, by route, and those of more pages of these routes."""

    by_route: Mapping[tuple[str, str], str]
    more: tuple[str, ...]


def build() -> Desk:
    """A world with a row of everything that has a page."""
    every_page.build()
    keys: dict[str, Any] = test_pages.world()
    absences.papers()
    absent = absences.absent("whales")
    gaps = make.excerpt("The government … sign the deal", of=make.source(GAPS))
    waiting = make.submitted(statement="The deal was not signed.", evidence=[Tie(gaps)])
    retracted = make.source("It fell.")
    make.published(evidence=[Tie(make.excerpt("It fell.", of=retracted))])
    make.stands(retracted, Standing.RETRACTED)
    for model in (Capture, Publisher, Flag, FactSheet, Extract):
        keys[model._meta.model_name or ""] = model._default_manager.latest("pk").pk
    series = Series.objects.get(key="quad")
    keys |= {
        "series": series.pk,
        "key": series.key,
        "dictionaryversion": 1,
        "account": keys["user"],
    }
    keys |= {"table": "sources_excerpt", "row": keys["excerpt"], "form": "yaml", "step": "submit"}
    keys["withholdingrequest"] = keys["request"]
    return Desk(
        by_route={route: _filled(route[0], keys) for route in desk_routes()},
        more=tuple(
            f"/admin/claims/claim/{version.claim_id}/{page}/"
            for version in (absent, waiting)
            for page in ("change", "revise")
        ),
    )


def desk_routes() -> list[tuple[str, str]]:
    """Pattern and name of every route of the desk, in the order of the product."""
    return [
        (pattern, name)
        for pattern, name in _below(get_resolver(), "")
        if pattern.startswith("admin/") and not pattern.startswith(tuple(NO_PAGES))
    ]


def pages(desk: Desk, client: Client) -> list[str]:
    """The addresses among these that answer this person with a page, not with a part of one.

    A route that answers in another way than it may is a fault of the test's world.
    """
    found, missing = [], []
    for route, address in desk.by_route.items():
        answer = client.get(address)
        words = answer.getvalue()
        answer.close()
        if answer.status_code == 200:
            if answer["Content-Type"].startswith("text/html") and b"<html" in words:
                found.append(address)
        elif answer.status_code not in NO_PAGE_STATUSES and not MAY_BE_REFUSED.search(route[1]):
            missing.append((*route, answer.status_code))
    assert missing == []
    return [*found, *desk.more]


def _below(resolver: Any, prefix: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        pattern = prefix + str(one.pattern).removeprefix("^").removesuffix("$")
        if isinstance(one, URLPattern):
            yield pattern, one.name or ""
        else:
            yield from _below(one, pattern)


def _filled(pattern: str, keys: Mapping[str, Any]) -> str:
    """The address of a route: a key is that of the model in the address, a number is 1.

    A row that the world has none of is asked for by 1, and `pages` says that its page is missing.
    """
    model = re.sub(r"^admin/\w+/(\w+)/.*", r"\1", pattern)

    def value(found: re.Match[str]) -> str:
        converter, name = found[1], found[2]
        if name in ("pk", "object_id"):
            return str(keys.get(model, 1))
        return str(keys.get(name, 1) if converter == "int" else keys[name])

    address = re.sub(r"\(\?P<app_label>[^)]*\)", "claims", pattern)
    return "/" + re.sub(r"<(\w+):(\w+)>", value, address)
