"""A small published world, and how its pages are read."""

from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

from claims.actions.claims.entry import Tie
from claims.models import Entity, Property, PublicConflict, Topic, Version
from tests import factories

LATER = factories.TODAY + timedelta(days=1)

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)


@dataclass
class World:
    """Two published claims that disagree, and one that nobody disputes, under one topic."""

    topic: Topic
    subject: Entity
    prop: Property
    hundred: Version
    seventy_five: Version
    calm: Version

    @property
    def conflict(self) -> PublicConflict:
        """The public record of their disagreement."""
        return PublicConflict.objects.get()

    @property
    def addresses(self) -> list[str]:
        """Every page of this world."""
        source = self.hundred.evidence.get().excerpt.source
        return [
            "/",
            "/?q=anniversary",
            "/?q=nothing-has-this-word",
            *[
                f"/claims/{version.claim.ref}/{tail}"
                for version in (self.hundred, self.seventy_five, self.calm)
                for tail in ("", "v1/", "v1/cite/?style=bibtex")
            ],
            f"/sources/{source.key}/",
            "/entities/",
            f"/entities/{self.subject.key}/",
            "/sources/",
            "/about/",
            "/corrections/",
            "/conflicts/",
            f"/conflicts/{self.conflict.ref}/",
            "/topics/",
            f"/topics/{self.topic.key}/",
            "/factsheets/",
            f"/factsheets/?topic={self.topic.key}&style=apa",
        ]


def build() -> World:
    """The world, published."""
    topic = factories.topic("Diplomacy")
    subject = factories.entity("statement", label="The statement")
    prop = factories.value_property("count", "anniversary", label="anniversary named")
    about: dict[str, Any] = {"subject": subject.key, "property": prop.key, "topics": [topic]}
    return World(
        topic=topic,
        subject=subject,
        prop=prop,
        hundred=factories.published(
            statement="The title names the 100th anniversary.", value="100", **about
        ),
        seventy_five=factories.published(
            statement="The title names the 75th anniversary.", value="75", **about
        ),
        calm=factories.published(statement="The statement has a title.", topics=[topic]),
    )


def confidential(words: str = "Nobody may read these words") -> Tie:
    """A quote from a source that the public knows by its descriptor alone."""
    source = factories.source(
        f"Before. {words}. After.",
        key="secret-memo",
        title="The Secret Memo",
        access="staff",
        public_descriptor="a diplomatic note",
        URL="https://secret.example/memo",
        issued={"date-parts": [[2024, 3, 4]]},
    )
    return Tie(factories.excerpt(words, of=source))


@dataclass
class Reading(HTMLParser):
    """A parser of pages that collects unclosed elements, ids and scripts."""

    unclosed: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    active: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element and its attributes."""
        if tag not in VOID:
            self.unclosed.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "style" or name.startswith("on"):
                self.active.append(f"{tag} {name}")
            if name in ("href", "src", "action") and (value or "").strip().startswith(
                ("javascript:", "data:")
            ):
                self.active.append(f"{tag} {value}")
        is_own = tag == "script" and (dict(attrs).get("src") or "").startswith("/static/")
        if tag in ("script", "style", "iframe", "object") and not is_own:
            self.active.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that says itself that it has no end."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last element, which must be this one."""
        if not self.unclosed or self.unclosed.pop() != tag:
            raise AssertionError(f"</{tag}> closes what is not open, near line {self.getpos()[0]}")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.text += data


def read(page: str) -> Reading:
    """The page as a parser finds it."""
    reading = Reading()
    reading.feed(page)
    reading.close()
    return reading
