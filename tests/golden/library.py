"""The sources, quotes and names of the golden world, by what is special about each."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from claims.actions.catalogue import add_topic, revise_entity
from claims.models import Topic
from sources.actions.captures.capture import capture
from sources.actions.origins import add_origin
from sources.actions.quotes.excerpts import choose_place, quote
from sources.actions.sources import add_series
from sources.actions.standing import set_standing
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Capture, Excerpt, Series, Source, SourceReader
from sources.vocabulary import Access, OriginKind, Rights, Role, Standing
from tests import factories as make
from tests.claims.worlds import later
from tests.factories import TODAY

# What became of the sources that did not stay as they were published.
STANDINGS = {
    Standing.CORRECTED: "The table on page 3 was wrong.",
    Standing.CONCERN: "The figures are being checked.",
    Standing.SUPERSEDED: "There is a second edition.",
    Standing.RETRACTED: "The figures were made up.",
    Standing.WITHDRAWN: "The publisher took the page down.",
}


@dataclass
class Library:
    """Sources by key, series by key, and quotes by a name."""

    sources: dict[str, Source] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    quotes: dict[str, Excerpt] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)

    def source(self, key: str, text: str = "", **record: Any) -> Source:
        """A source; with a text, it has a capture of it."""
        record.setdefault("title", key.replace("-", " ").capitalize())
        self.sources[key] = make.source(text, key=key, **record)
        return self.sources[key]

    def quote(self, key: str, exact: str, **more: Any) -> Excerpt:
        """Words of a source."""
        return quote(
            source=self.sources[key],
            exact=exact,
            by=make.somebody(Role.CONTRIBUTOR),
            at=TODAY,
            **more,
        )


def build() -> Library:
    """The library, as it is before anything becomes of its sources."""
    library = Library()
    add_public(library)
    add_copies(library)
    add_confidential(library)
    add_letters(library)
    add_quotes(library)
    add_names(library)
    return library


def add_public(library: Library) -> None:
    """Sources that everybody may know."""
    library.source(
        "yearbook",
        "Trade fell by about 9% in 2025, the ministry said. Exports grew by 3%. "
        "The trade was worth 240 billion. A year later the trade was worth 218 billion. "
        "The summit was held in Kazan. The summit was moved. The ministry has 120 posts.",
        publisher="Ministry of Trade",
        author=[{"family": "Ivanova", "given": "Anna"}, {"literal": "Statistics Office"}],
        issued={"date-parts": [[2025, 5, 7]]},
        URL="https://example.org/yearbook?edition=1&part=2",
        language="en",
        rights=Rights.WHOLE,
        **{"container-title": "Yearbooks & Tables", "DOI": "10.1000/182"},
    )
    library.source(
        "survey",
        "By our count trade grew by 3% in 2025. The share was 9%. The share was 20%. "
        "The share was 30%. The ministry has 140 posts. The union was founded in 1951. "
        "He heads the ministry. The union has no members.",
        publisher="Institute",
        type="article-journal",
        issued={"date-parts": [[2025]]},
    )
    library.source(
        "zeitung",
        "Der Handel ging um 9 % zurück. «Mehr nicht», sagte er.",
        language="de",
        type="article-newspaper",
        title="Der Handel <schrumpft>",
    )
    library.source(
        "notes",
        "It rained. It snowed for days. It rained. He said “never again” at the end of the day. "
        "They left. And then they left.",
    )
    library.source("scan", type="book", title="A book of pictures")
    library.source("unused", "Nobody quotes this text.")
    library.source("planned", "The coup is planned for May.")
    for standing in STANDINGS:
        library.source(f"{standing}-paper", f"The {standing} paper has a table. It is long.")


def add_copies(library: Library) -> None:
    """A wire and two papers that print it; a digest of a source that stays confidential."""
    wire = library.source("wire", "It fell, the agency said.", publisher="Agency", type="article")
    for key, publisher in (("daily", "The Daily"), ("weekly", "The Weekly")):
        copy = library.source(key, "It fell, the agency said. More inside.", publisher=publisher)
        by = make.somebody(Role.CONTRIBUTOR)
        add_origin(source=copy, origin=wire, kind=OriginKind.WIRE, by=by, at=TODAY)


def add_confidential(library: Library) -> None:
    """A memo for staff, and two talks, each for persons whom it names."""
    library.source(
        "secret-memo",
        "Between us, it fell by nine percent. The deputy wrote this.",
        title="Memo of the deputy minister",
        publisher="Cabinet of the deputy",
        access=Access.STAFF,
        public_descriptor="A paper seen by the desk",
    )
    for key, reader in (("talk", Role.EDITOR), ("other-talk", Role.ADMINISTRATOR)):
        talk = library.source(
            key,
            f"He told us so in the {key}.",
            title=f"Recording of the {key}",
            access=Access.NAMED,
            public_descriptor="A person we met",
        )
        SourceReader.objects.create(source=talk, reader=make.somebody(reader))


def add_letters(library: Library) -> None:
    """Papers that are searched for what they do not say, in two series."""
    by = make.somebody(Role.CONTRIBUTOR)
    letters = [
        library.source("letter-1", "There are seals and bears.", type="personal_communication"),
        library.source("letter-2", "There are whales, and whales alone."),
    ]
    pictures = [letters[0], library.source("letter-3", title="A letter as a picture")]
    hidden = [letters[0], library.sources["secret-memo"]]
    for key, members in (("letters", letters), ("pictures", pictures), ("papers", hidden)):
        library.series[key] = add_series(
            key=key, title=key.capitalize(), sources=members, by=by, at=TODAY
        )


def add_quotes(library: Library) -> None:
    """Quotes of each grade, with and without a translation, a locator and a chosen place."""
    say = library.quote
    by = make.somebody(Role.CONTRIBUTOR)
    library.quotes = {
        "exact": say("yearbook", "The summit was held in Kazan.", locator="p. 3", page=3),
        "folded": say("notes", 'He said "never again"'),
        "elided": say("notes", "It snowed […] never again"),
        "ambiguous": say("notes", "they left."),
        "chosen": say("notes", "It rained."),
        "missing": say("notes", "Whales swim in the harbour of the old town."),
        "elsewhere": say("notes", "By our count trade grew by 3%"),
        "unlocated": say("scan", "As the picture shows", locator="plate 2"),
        "translated": say(
            "zeitung",
            "Der Handel ging um 9 % zurück.",
            language="de",
            translation="Trade fell by 9%.",
            translated_by="Desk",
            translation_method="human",
        ),
        "withheld": say("notes", "It snowed for days."),
        "memo": say("secret-memo", "it fell by nine percent"),
        "talk": say("talk", "He told us so"),
        "other-talk": say("other-talk", "He told us so"),
        **{
            f"{standing}": say(f"{standing}-paper", f"The {standing} paper has a table.")
            for standing in STANDINGS
        },
    }
    choose_place(excerpt=library.quotes["chosen"], place=(31, 41), by=by, at=TODAY)


def add_names(library: Library) -> None:
    """Entities, properties and topics, public by their use alone."""
    by = make.somebody(Role.CONTRIBUTOR)
    china = make.entity("china", kind="country", aliases=["PRC"], wikidata="Q148")
    make.entity("ministry", kind="organisation", part_of=china, aliases=["Minekonom"])
    make.entity("agency", kind="organisation")
    make.entity("union", kind="organisation")
    make.entity("minister", kind="person")
    make.entity("coup", kind="event")
    doubled = make.entity("ministry-of-trade", kind="organisation")
    ministry = type(doubled).objects.get(key="ministry")
    revise_entity(entity=doubled, merged_into=ministry, by=by, at=TODAY)
    for key in ("letter-1", "letter-2", "letter-3", "secret-memo"):
        make.entity(f"{key}-document", kind="document", source=library.sources[key])
    for key, series in library.series.items():
        make.entity(f"the-{key}", kind="series", series=series)
    for number in range(1, 9):
        make.entity(f"region-{number}", kind="place", part_of=china)
    make.number_property("share")
    make.number_property("trade-change", time="over", bases=["gross", "net"])
    make.number_property("trade-volume", unit="USD", time="over")
    make.value_property("count", "posts")
    make.value_property("date", "founded")
    make.value_property("date", "planned-for")
    make.value_property("truth", "has-members")
    make.value_property("entity", "head", single_valued=True)
    make.value_property("text", "motto")
    make.value_property("presence", "mentions")
    trade = make.topic("Trade")
    library.topics = {
        "trade": trade,
        "exports": add_topic(name="Exports", parent=trade, by=by, at=TODAY),
        "archive": make.topic("Archive"),
        "plans": make.topic("Plans"),
    }


def change(library: Library) -> None:
    """Withhold words, change standings and capture other texts, after all claims are published."""
    by = make.somebody(Role.EDITOR)
    for standing, reason in STANDINGS.items():
        set_standing(
            source=library.sources[f"{standing}-paper"],
            standing=standing,
            on=date(2025, 6, 2),
            reason=reason,
            passages=["has a table"] if standing == Standing.CORRECTED else [],
            by=by,
            at=later(1),
        )
    withhold(library.quotes["withheld"])
    capture(
        source=library.sources["survey"],
        data=b"By our own count trade grew by 4% in 2025. The share was 9%.",
        file_name="second.txt",
        by=make.somebody(Role.CONTRIBUTOR),
        at=later(1),
    )
    gone = library.source("gone", "Nobody may read these words.")
    withhold(Capture.objects.get(source=gone))


def withhold(row: Excerpt | Capture) -> None:
    """Withhold a quote or a file, as two people do."""
    (asked,) = ask_to_withhold(
        targets=[row], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=later(1)
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=later(1))
