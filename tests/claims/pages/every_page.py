"""A published world with a page of every kind, sheets and editions included."""

from dataclasses import dataclass

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract, take_off
from claims.actions.conflicts.decisions import open_editorial
from claims.actions.extracts.freezing import freeze_extract
from claims.actions.factsheets.taking_back import add_erratum, withdraw_edition
from claims.models import PublicConflict
from sources.actions.origins import add_origin
from sources.vocabulary import OriginKind, Role, Standing
from tests import factories
from tests.claims.issued import issue, issue_from_desk
from tests.claims.pages import world


@dataclass
class EveryPage:
    """The addresses of the pages, of those that refuse by status, and of sheets as HTML files.

    `kinds` are addresses in which each part of a page occurs once or more.
    """

    world: world.World
    addresses: list[str]
    kinds: list[str]
    refusals: dict[str, int]
    sheets: list[str]


def build() -> EveryPage:
    """The world, published; one of its editions is made by the desk with all of its files."""
    built = world.build()
    of_world = built.addresses
    by = factories.somebody(Role.EDITOR)
    text = "Before it rained. It rained all day. Afterwards it was dry."
    report = factories.source(
        text, key="report", title="A report", publisher="The Paper", URL="https://example.org/a"
    )
    wire = factories.source(text, title="Wire", publisher="The Wire")
    add_origin(source=report, origin=wire, kind=OriginKind.DIGEST, by=by, at=factories.TODAY)
    sided = factories.published(
        statement="It rained.",
        topics=[built.topic],
        evidence=[
            Tie(factories.excerpt("It rained all day", of=report)),
            Tie(factories.excerpt("it was dry", of=report), stance="refutes"),
        ],
    )
    factories.stands(report, Standing.CORRECTED, "A figure was corrected.")
    guarded = factories.published(evidence=[world.confidential()], topics=[built.topic])
    gone, off = factories.published(statement="A slip."), factories.published()
    open_editorial(
        claims=[sided.claim, built.calm.claim], question="Did it rain?", by=by, at=world.LATER
    )
    edition = issue_from_desk(built.hundred)
    for _time in range(2):
        later = issue(built.calm, gone, at=world.LATER)
    withdrawn = issue(sided, key="other", at=world.LATER)
    add_erratum(edition=later, words="Read 9, not 90.", by=by, at=world.LATER)
    withdraw_edition(edition=withdrawn, reason="It is unfounded.", by=by, at=world.LATER)
    retract(claim=gone.claim, reason="It was a slip.", by=by, at=world.LATER)
    take_off(claim=off.claim, reason="A court.", by=by, at=world.LATER)
    extract = freeze_extract(
        title="Of that day",
        query=f"topic={built.topic.key}",
        by=by,
        clock=lambda: world.LATER,
        base_url="http://testserver",
    )
    key = edition.fact_sheet.key
    kinds = [
        "/",
        *[f"/claims/{one.claim.ref}/" for one in (built.hundred, sided, guarded, gone)],
        f"/claims/{sided.claim.ref}/v1/cite/",
        "/sources/report/",
        "/sources/",
        "/sources/?publisher=The+Paper",
        "/entities/",
        f"/entities/{built.subject.key}/",
        "/conflicts/",
        "/topics/",
        f"/topics/{built.topic.key}/",
        "/about/",
        "/corrections/",
        "/factsheets/",
        f"/factsheets/{key}/1/",
        f"/factsheets/{key}/1/dossier/",
        "/factsheets/sheet/1/",
        "/factsheets/sheet/2/",
        "/factsheets/other/1/",
        "/factsheets/verify/",
        "/quotes/check/",
        "/quotes/check/?text=It+rained+all+day&source=report",
        "/extracts/",
        f"/extracts/{extract.ref}/",
    ]
    conflicts = [f"/conflicts/{one.ref}/" for one in PublicConflict.objects.order_by("pk")]
    return EveryPage(
        world=built,
        addresses=list(dict.fromkeys([*of_world, *conflicts, *kinds])),
        kinds=[*kinds, *conflicts[:2]],
        refusals={
            "/nothing/": 404,
            "/?after=x": 400,
            f"/claims/{off.claim.ref}/": 410,
        },
        sheets=[
            f"/factsheets/{key}/1/files/{key}.1.brief.html",
            f"/factsheets/{key}/1/files/{key}.1.dossier.html",
            *[
                f"/factsheets/?topic={built.topic.key}&style={style}&format=html&layout={layout}"
                for style, layout in (("chicago-notes-bibliography", "brief"), ("apa", "dossier"))
            ],
        ],
    )
