"""The brief: one page for somebody in a hurry, with a note for each source."""

from collections.abc import Sequence
from itertools import count

from django.utils.translation import gettext as _

from claims.factsheets import ast
from claims.factsheets.alike import like_claims, like_table, warnings, who
from claims.factsheets.ast import Node
from claims.factsheets.disputes import disputed_text, is_disputed, questions_on, whole
from claims.factsheets.dossier import legend
from claims.factsheets.parts import locator, opening, short_address
from claims.factsheets.prose import prose_blocks
from claims.factsheets.sheet import Section, Sheet, SheetClaim, cited_key
from claims.readings.asking import asked_text
from claims.readings.claims import ClaimReading
from claims.readings.lines import mode_text, other_basis_line
from claims.readings.questions import QuestionReading
from claims.readings.sides import SideReading
from claims.readings.values import value_as_written
from claims.readings.wording import date_text
from claims.vocabulary import NoticeCode, Stance
from sources.readings.citing import reliability_text
from sources.readings.doubts import grade_text
from sources.vocabulary import Reliability


def brief_blocks(sheet: Sheet) -> list[Node]:
    """The blocks of the brief; its entries are under the class `entries`, for the notes."""
    return _Brief(sheet).blocks()


class _Brief:
    """A brief in the making: which notes and questions it has by now."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.numbers = count(1)
        self.noted: dict[str, int] = {}
        self.notes: dict[tuple[str, str, tuple[int, ...]], int] = {}
        self.cited: dict[str, SheetClaim] = {one.line.claim.ref: one for one in sheet.claims}
        self.asked: set[int] = set()
        self.url = sheet.claims[0].url if sheet.claims else ""

    def blocks(self) -> list[Node]:
        """Title, summary, sections, what is not known, how to read it."""
        sheet = self.sheet
        blocks = [ast.header(1, ast.text(sheet.title)), *opening(sheet)]
        if sheet.summary.strip():
            blocks.append(ast.div(prose_blocks(sheet.summary, sheet, self.refer), "summary"))
        for section in sheet.sections:
            blocks += self._section(section)
        ends = []
        if sheet.unknown:
            lines = ast.bullets([ast.isolated(one)] for one in sheet.unknown)
            ends.append(ast.div([_small_heading(_("What we do not know")), lines], "aside"))
        if sheet.claims:
            told = f"{legend()} {_how_to_follow()}"
            legend_blocks = [_small_heading(_("How to read this")), ast.para(ast.text(told))]
            ends.append(ast.div(legend_blocks, "aside"))
            blocks.append(ast.div(ends, "asides"))
        return [*blocks, ast.div([ast.div([], identifier="refs")], "entries")]

    def refer(self, ref: str) -> list[Node]:
        """A reference in prose: the claim as a link, with its note."""
        one = self.cited[ref]
        return [ast.link(ast.text(ref), one.url, "ref"), *self._notes(one.line.claim)]

    def _section(self, section: Section) -> list[Node]:
        blocks = []
        if section.heading.strip():
            blocks.append(ast.header(2, ast.text(section.heading)))
        blocks += prose_blocks(section.prose, self.sheet, self.refer)
        plain = [one for one in section.claims if not self._is_in_a_side(one)]
        tables = like_claims(plain)
        in_tables = {one.line.claim.id for group in tables for one in group}
        blocks += [like_table(group, first=None, last=self._ends) for group in tables]
        if rest := [one for one in plain if one.line.claim.id not in in_tables]:
            blocks.append(ast.bullets(self._bullet(one) for one in rest))
        for one in section.claims:
            for question, url in self._disputes(one):
                if question.conflict.record not in self.asked:
                    self.asked.add(question.conflict.record)
                    blocks.append(self._dispute(question, url))
        return [*blocks, *self._other_bases(section), *self._settled(section)]

    def _disputes(self, one: SheetClaim) -> list[tuple[QuestionReading, str]]:
        """The disputes on which it takes a side, with their addresses."""
        return [
            (question, url)
            for question, url in one.questions
            if is_disputed(question) and question.sides
        ]

    def _is_in_a_side(self, one: SheetClaim) -> bool:
        """Whether a dispute says what it says, so that no line of its own does."""
        sides = [side for question, _url in self._disputes(one) for side in question.sides]
        return any(claim.id == one.line.claim.id for side in sides for claim in side.claims)

    def _bullet(self, one: SheetClaim) -> list[Node]:
        """Who says it, how sure, what, its notes and what warns of it."""
        claim = one.line.claim
        statement = ast.isolated(claim.statement, "statement")
        said = ast.struck([statement]) if claim.status == "retracted" else statement
        named = who(one.line.attribution, one.line.mode)
        return ast.join_inlines([*named, ": ", said, *self._ends(one)])

    def _ends(self, one: SheetClaim) -> list[Node]:
        """After what it says: its notes and what warns of it."""
        return ast.join_inlines([self._notes(one.line.claim), *warnings(one.line.notices)])

    def _dispute(self, question: QuestionReading, url: str) -> Node:
        """The question with its status, and each side with what it says."""
        asked = ast.strong([ast.isolated(asked_text(question))])
        status = ast.link(ast.text(disputed_text(question.conflict)), url)
        sides = [ast.div(self._side(side), "side") for side in question.sides]
        head: list[Node | str] = [asked, " ", ast.span([status], "dispute-status")]
        if question.conflict.decision_reason:
            head += [" ", ast.isolated(question.conflict.decision_reason)]
        blocks = [ast.para(ast.join_inlines(head)), ast.div(sides, "sides")]
        return ast.div(blocks, "conflict", "disputed", *whole(blocks))

    def _side(self, side: SideReading) -> list[Node]:
        """A side: each value with its period, then who says it, in which words."""
        if not side.claims:
            return [ast.para([ast.isolated(side.value)])]
        by_value: dict[tuple[str, str], list[ClaimReading]] = {}
        for claim in side.claims:
            is_of_values = side.value and side.stance is None
            written = value_as_written(claim.value) if is_of_values else ""
            period = date_text(claim.period.typed) if claim.period else ""
            by_value.setdefault((written or side.value, period), []).append(claim)
        blocks = []
        for (value, period), claims in by_value.items():
            if value:
                head = [ast.strong([ast.isolated(value, "value")])]
                when = [ast.isolated(period)] if period else []
                blocks.append(ast.para(ast.joined([head, when], " ")))
            blocks += [ast.para(self._position(side, claim)) for claim in claims]
        return blocks

    def _position(self, side: SideReading, claim: ClaimReading) -> list[Node]:
        """Who says it, in which words, with its notes."""
        named = ast.join_inlines([*who(claim.attribution, mode_text(claim.mode)), ": "])
        others = [one for one in claim.notices if one.code != NoticeCode.DISPUTED]
        notes = self._notes(claim, side.stance)
        return ast.join_inlines([named, ast.isolated(claim.statement), notes, *warnings(others)])

    def _settled(self, section: Section) -> list[Node]:
        """Questions that are settled, a line each; the claims say by their notices how."""
        lines = []
        of_section = {
            question.conflict.record for one in section.claims for question, _url in one.questions
        }
        for question, url in questions_on(self.sheet, disputed=False):
            record = question.conflict.record
            if record in self.asked or record not in of_section:
                continue
            self.asked.add(record)
            ref = ast.link(ast.text(question.conflict.ref), url, "ref")
            asked = [ast.isolated(words)] if (words := asked_text(question)) else []
            status = ast.text(_(question.conflict.status.label))
            reason = question.conflict.decision_reason
            told = [ast.isolated(reason)] if reason else []
            lines.append(ast.joined([ast.text(_("Settled:")), asked, [ref], status, told], " "))
        return [ast.div([ast.para(line)], "settled") for line in lines]

    def _other_bases(self, section: Section) -> list[Node]:
        """The claims held apart from those of the section, each once in a line."""
        others = {other.claim.id: other for one in section.claims for other in one.others}
        told = _("On another basis, so not in conflict:")
        lines = [
            ast.join_inlines(
                [told, " ", ast.isolated(other_basis_line(other)), f" ({other.claim.ref})"]
            )
            for other in others.values()
        ]
        return [ast.div([ast.para(line)], "other-bases") for line in lines]

    def _notes(self, claim: ClaimReading, stance: Stance | None = None) -> list[Node]:
        """A note for each source of the claim's quotes; of a side, of those of its stance."""
        by_source: dict[str, list[int]] = {}
        for index, piece in enumerate(claim.evidence):
            if stance is None or piece.stance == stance:
                by_source.setdefault(cited_key(piece.quote.source), []).append(index)
        inlines: list[Node] = []
        for key, indexes in by_source.items():
            if inlines:
                inlines.append({"t": "Superscript", "c": [ast.string(", ")]})
            inlines.append(self._note(key, claim, indexes))
        return inlines

    def _note(self, key: str, claim: ClaimReading, indexes: Sequence[int]) -> Node:
        """The source in full, later as the note before; then where the words and the claim are.

        What a note has already is led to by its number.
        """
        place = (key, claim.ref, tuple(indexes))
        if place in self.notes:
            return ast.to_note(self.notes[place])
        number, is_first = next(self.numbers), key not in self.noted
        self.notes[place] = number
        quotes = [claim.evidence[index].quote for index in indexes]
        source, record = quotes[0].source, self.sheet.records.get(key)
        if key in self.noted:
            name = source.publisher or source.container or source.title
            words = {"name": name, "number": self.noted[key]}
            said = [ast.isolated(_("%(name)s, as note %(number)d") % words)]
        elif record is None:
            said = [ast.isolated(source.title)]
            self.noted[key] = number
        else:
            said = [
                {"t": "Span", "c": [ast.attr("", "entry", entry=key), [ast.cite(key, [], number)]]}
            ]
            self.noted[key] = number
        places = [locator(quote, self.sheet) for quote in quotes]
        pieces = [said, *_places(places)]
        if record is not None and record.standing:
            pieces.append([ast.strong([ast.isolated(record.standing)])])
        grades = (grade_text(one) for one in quotes if not one.is_verified and not one.withheld_on)
        for grade in dict.fromkeys(grades):
            pieces.append(ast.text(_("Quote: %(grade)s") % {"grade": grade}))
        if is_first and record is not None and record.reliability not in ("", Reliability.F):
            judged = {"reliability": reliability_text(record.reliability)}
            pieces.append(ast.text(_("publisher: %(reliability)s") % judged))
        for number_of_words in dict.fromkeys(quote.number for quote in quotes):
            if number_of_words is not None:
                pieces.append([short_address(self.url, f"/q/{number_of_words}")])
        pieces.append([short_address(self.url, f"/{claim.ref}")])
        return ast.note([ast.para(ast.joined(pieces))])


def _places(places: Sequence[list[Node]]) -> list[list[Node]]:
    """The places in the source, each once; a number alone is that of a page."""
    made = {}
    for place in places:
        words = ast.plain_text(place).removeprefix("{}").strip()
        if words:
            made[words] = ast.text(
                _("p. %(label)s") % {"label": words} if words[0].isdigit() else words
            )
    return list(made.values())


def _small_heading(words: str) -> Node:
    return ast.header(2, ast.text(words))


def _how_to_follow() -> str:
    """How a reader of paper comes from a number to the words."""
    return _("Each number leads to a note, and its /q/ address to the words in their place.")
