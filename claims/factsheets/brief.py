"""The brief: one page for somebody in a hurry, with a note for each source."""

from collections.abc import Sequence
from itertools import count

from django.utils.translation import gettext as _

from claims.factsheets import ast
from claims.factsheets.ast import Node
from claims.factsheets.dossier import is_disputed, legend, questions_on
from claims.factsheets.parts import locator, opening, short_address
from claims.factsheets.prose import prose_blocks
from claims.factsheets.sheet import Section, Sheet, SheetClaim, cited_key
from claims.readings.asking import asked_text
from claims.readings.claims import ClaimReading
from claims.readings.lines import mode_text, other_basis_line
from claims.readings.notices import Notice
from claims.readings.questions import QuestionReading
from claims.readings.sides import SideReading
from claims.readings.values import value_as_written
from claims.readings.wording import date_text
from claims.vocabulary import NoticeCode, Stance
from sources.readings.citing import reliability_text
from sources.vocabulary import Reliability

# So many claims of one property and kind of subject are set as a table.
TABLE_SIZE = 5


def brief_blocks(sheet: Sheet) -> list[Node]:
    """The blocks of the brief; its entries are under the class `entries`, for the notes."""
    return _Brief(sheet).blocks()


class _Brief:
    """A brief in the making: which notes and questions it has by now."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.numbers = count(1)
        self.noted: dict[str, int] = {}
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
            legend_blocks = [_small_heading(_("How to read this")), ast.para(ast.text(legend()))]
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
        alike = _alike(plain)
        rest = [one for one in plain if one not in alike]
        if alike:
            blocks.append(self._table(alike))
        if rest:
            blocks.append(ast.bullets(self._bullet(one) for one in rest))
        for one in section.claims:
            for question in self._disputes(one):
                if question.conflict.record not in self.asked:
                    self.asked.add(question.conflict.record)
                    blocks.append(self._dispute(question))
        return [*blocks, *self._other_bases(section), *self._settled(section)]

    def _disputes(self, one: SheetClaim) -> list[QuestionReading]:
        """The disputes on which it takes a side."""
        return [
            question for question, _url in one.questions if is_disputed(question) and question.sides
        ]

    def _is_in_a_side(self, one: SheetClaim) -> bool:
        """Whether a dispute says what it says, so that no line of its own does."""
        sides = [side for question in self._disputes(one) for side in question.sides]
        return any(claim.id == one.line.claim.id for side in sides for claim in side.claims)

    def _bullet(self, one: SheetClaim) -> list[Node]:
        """Who says it, how sure, what, its notes and what warns of it."""
        claim = one.line.claim
        statement = ast.isolated(claim.statement, "statement")
        said = ast.struck([statement]) if claim.status == "retracted" else statement
        parts: list[Node | str | Sequence[Node]] = [_who(one.line.attribution)]
        if one.line.mode:
            parts += [" ", ast.span(ast.text(f"({one.line.mode})"), "mode")]
        parts += [": ", said, self._notes(claim), *_warnings(one.line.notices)]
        return ast.join_inlines(parts)

    def _table(self, claims: Sequence[SheetClaim]) -> Node:
        """Like claims, a row each."""
        rows = [
            [
                [ast.isolated(one.line.subject)],
                [ast.strong([ast.isolated(one.line.written)])],
                [ast.isolated(one.line.period)] if one.line.period else [],
                ast.join_inlines(
                    [
                        _who(one.line.attribution),
                        self._notes(one.line.claim),
                        *_warnings(one.line.notices),
                    ]
                ),
            ]
            for one in claims
        ]
        first = claims[0].line
        heads = (
            first.subject and _("Of what"),
            first.property,
            _("When it held"),
            _("Who says it"),
        )
        return ast.table(heads, rows, "alike")

    def _dispute(self, question: QuestionReading) -> Node:
        """The question with its status, and each side with what it says."""
        conflict = question.conflict
        status_words = {"ref": conflict.ref, "meaning": _(conflict.status.meaning)}
        # The words of the notice that each of its claims has.
        status = ast.isolated(_("Disputed (%(ref)s). %(meaning)s") % status_words, "dispute-status")
        asked = ast.strong([ast.isolated(asked_text(question))])
        sides = [ast.div([ast.para(self._side(side))], "side") for side in question.sides]
        words: list[Node | str | Sequence[Node]] = [asked, " ", status]
        if conflict.decision_reason:
            words += [" ", ast.isolated(conflict.decision_reason)]
        head = ast.para(ast.join_inlines(words))
        return ast.div([head, ast.div(sides, "sides")], "conflict", "disputed")

    def _side(self, side: SideReading) -> list[Node]:
        if not side.claims:
            return [ast.isolated(side.value)]
        lines = [self._position(side, claim) for claim in side.claims]
        return ast.joined(lines, " ")

    def _position(self, side: SideReading, claim: ClaimReading) -> list[Node]:
        """Value and period as written, who says it, in which words, with its notes."""
        value = value_as_written(claim.value) if side.value and side.stance is None else side.value
        parts: list[Node | str | Sequence[Node]] = []
        if value:
            period = date_text(claim.period.typed) if claim.period else ""
            parts = [ast.strong([ast.isolated(value, "value")]), f" {period} " if period else " "]
        parts.append(_who(claim.attribution))
        if mode := mode_text(claim.mode):
            parts += [" ", ast.span(ast.text(f"({mode})"), "mode")]
        parts += [": ", ast.isolated(claim.statement), self._notes(claim, side.stance)]
        others = [one for one in claim.notices if one.code != NoticeCode.DISPUTED]
        return ast.join_inlines([*parts, *_warnings(others)])

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
        """The source in full, later as the note before; then where the words and the claim are."""
        number, is_first = next(self.numbers), key not in self.noted
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


def _who(attribution: str) -> Node:
    """The asserter, before everything else."""
    return ast.strong([ast.isolated(attribution, "asserter")])


def _warnings(notices: Sequence[Notice]) -> list[Node | str]:
    """The notices, the gravest first, after what they warn of."""
    parts: list[Node | str] = []
    for notice in notices:
        parts += [" ", ast.isolated(notice.sentence, "notice", str(notice.code))]
    return parts


def _small_heading(words: str) -> Node:
    return ast.header(2, ast.text(words))


def _alike(claims: Sequence[SheetClaim]) -> list[SheetClaim]:
    """The largest group of claims with values of one property and kind of subject, if many."""
    groups: dict[tuple[str, str], list[SheetClaim]] = {}
    for one in claims:
        claim = one.line.claim
        if claim.property is not None and claim.subject is not None and one.line.written:
            groups.setdefault((claim.property.label, claim.subject.kind), []).append(one)
    largest = max(groups.values(), key=len, default=[])
    return largest if len(largest) >= TABLE_SIZE else []
