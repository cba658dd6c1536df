"""Disputed and settled questions in a dossier: what is asked, both sides, and where it stands."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from claims.factsheets import ast
from claims.factsheets.alike import who
from claims.factsheets.ast import Node
from claims.factsheets.parts import short_address, words_text
from claims.factsheets.sheet import Sheet
from claims.readings.asking import asked_text
from claims.readings.claims import ClaimReading, ConflictReading, EvidenceReading
from claims.readings.lines import claim_status_text, mode_text
from claims.readings.questions import QuestionReading
from claims.readings.sides import SideReading
from claims.readings.support import origins_text
from claims.readings.timeline import WIDTH, timeline_of
from claims.readings.values import value_as_written
from claims.readings.wording import day_text
from claims.vocabulary import NoticeCode

# The steps of a time line: the style sheet has a class for each.
STEPS = 20
# Letters of a question that paper keeps on one page; a longer one may go on over the next.
WHOLE = 1_800


def is_disputed(question: QuestionReading) -> bool:
    """Whether a question is open between its parties: none of them was taken back."""
    return question.conflict.status.disputes and not question.is_closed


def questions_on(sheet: Sheet, *, disputed: bool) -> list[tuple[QuestionReading, str]]:
    """The questions to which claims of the sheet are party, each once, with its address."""
    found = {
        one.conflict.record: (one, url)
        for claim in sheet.claims
        for one, url in claim.questions
        if is_disputed(one) == disputed
    }
    return list(found.values())


def disputed_text(conflict: ConflictReading) -> str:
    """The words of the notice that each claim in an open conflict has."""
    words = {"ref": conflict.ref, "meaning": _(conflict.status.meaning)}
    return _("Disputed (%(ref)s). %(meaning)s") % words


def dispute_block(question: QuestionReading, url: str, sheet: Sheet, shown: set[str]) -> Node:
    """A question with the positions of all sides, shown in full once."""
    conflict = question.conflict
    disputes = conflict.status.disputes
    title = _("Disputed") if disputes else _("Conflict")
    reference = ast.link(ast.text(conflict.ref), url, "ref")
    asked = asked_text(question)
    ask: list[Node | str] = [": ", ast.isolated(asked)] if asked else []
    blocks = [ast.para([ast.strong(ast.join_inlines([f"{title} — ", reference, *ask]))])]
    blocks.append(ast.div([ast.para(line) for line in _facts(question)], "conflict-facts"))
    blocks += [ast.para(ast.text(sentence)) for sentence in question.removals]
    urls = {one.line.claim.ref: one.url for one in sheet.claims}
    sides = [_side(side, urls) for side in question.sides]
    if sides:
        blocks.append(ast.div(sides, "sides"))
    blocks += _time_line(question)
    if conflict.decision_text:
        words = ast.isolated(f"{conflict.decision_text} {conflict.decision_reason}".strip())
        blocks.append(ast.para(ast.join_inlines([_("Decision:"), " ", words])))
    identifier = "" if conflict.ref in shown else conflict.ref
    shown.add(conflict.ref)
    classes = ["conflict", "disputed" if disputes else "settled", *whole(blocks)]
    return ast.div(blocks, *classes, identifier=identifier, role="note")


def whole(blocks: Sequence[Node]) -> list[str]:
    """The class of blocks that paper keeps on one page, where they are not too long for it."""
    return ["whole"] if ast.length(list(blocks)) < WHOLE else []


def _facts(question: QuestionReading) -> Iterator[list[Node]]:
    """Where it stands and since when, of which kind it is, and why it is a conflict."""
    conflict = question.conflict
    since = _("Open since %(day)s") % {"day": day_text(conflict.opened_at.date())}
    if conflict.status.disputes:
        first = [ast.text(disputed_text(conflict)), ast.text(since)]
    else:
        first = [ast.text(_(conflict.status.label))]
    if not question.is_guarded:
        first += [ast.text(_(conflict.kind.label)), ast.text(_(conflict.strength.label))]
    yield ast.joined(first)
    if question.why:
        yield [ast.isolated(question.why)]


def _side(side: SideReading, urls: Mapping[str, str]) -> Node:
    """A position: the value as written, when, who holds it in which words, on how many origins."""
    blocks = []
    if head := _side_head(side):
        blocks.append(ast.para(head))
    for claim in side.claims:
        if side.stance is None:
            blocks.append(ast.para(_position(claim, urls)))
            continue
        for piece in claim.evidence:
            if piece.stance == side.stance:
                blocks.append(ast.para(_quoted(piece, claim, urls)))
    if side.claims:
        below = [ast.isolated(side.period)] if side.period else []
        facts = ast.joined([below, ast.text(origins_text(side.support))])
        blocks.append(ast.div([ast.para(facts)], "conflict-facts"))
    return ast.div(blocks, "side", "card")


def _side_head(side: SideReading) -> list[Node]:
    """The values as written; in small what they are compared as, where that says more."""
    if not side.value:
        return []
    written = side.value
    if side.stance is None:
        values = [value_as_written(claim.value) for claim in side.claims]
        written = ", ".join(dict.fromkeys(value for value in values if value)) or side.value
    head: list[Node | str] = [ast.strong([ast.isolated(written, "value")])]
    if written != side.value:
        words = _("(compared as %(range)s)") % {"range": side.value}
        head += [" ", ast.isolated(words, "understood")]
    return ast.join_inlines(head)


def _position(claim: ClaimReading, urls: Mapping[str, str]) -> list[Node]:
    """Who says it, in which words, in which claim, and what warns of it."""
    parts: list[Node | str] = [*who(claim.attribution, mode_text(claim.mode)), ": "]
    parts.append(ast.isolated(claim.statement, "position"))
    if not claim.is_published:
        parts += [" ", ast.isolated(f"[{claim_status_text(claim)}]")]
    others = [one.sentence for one in claim.notices if one.code != NoticeCode.DISPUTED]
    if others:
        parts += [" — ", ast.isolated(others[0], "notice")]
    return ast.join_inlines([*parts, " (", *_reference(claim, urls), ")"])


def _quoted(piece: EvidenceReading, claim: ClaimReading, urls: Mapping[str, str]) -> list[Node]:
    """A quote as one side of a claim whose own evidence disagrees."""
    source = piece.quote.source
    if not source.is_known:
        words = ast.join_inlines([ast.isolated(source.title)])
    else:
        words = ast.join_inlines(
            ["“", ast.isolated(words_text(piece.quote)), "” — ", ast.isolated(source.title)]
        )
    return ast.join_inlines([*words, " (", *_reference(claim, urls), ")"])


def _reference(claim: ClaimReading, urls: Mapping[str, str]) -> list[Node]:
    """The claim as a link: to the address that it has on the sheet, else to its short one."""
    if claim.ref in urls:
        return [ast.link(ast.text(claim.ref), urls[claim.ref], "ref")]
    site = next(iter(urls.values()), "")
    address = short_address(site, f"/{claim.ref}")
    url = address["c"][2][0] if address["t"] == "Link" else ""
    return [ast.link(ast.text(claim.ref), url, "ref")]


def _time_line(question: QuestionReading) -> list[Node]:
    """The periods of the sides as bars, which HTML and paper show, and in words everywhere."""
    line = timeline_of(question.sides)
    if line is None:
        return []
    rows = []
    for bar in line.bars:
        x, width = (round(part * STEPS / WIDTH) for part in (bar.x, bar.width))
        drawn = ast.span([], "bar", f"x{min(x, STEPS - 1)}", f"w{max(width, 1)}")
        said = " ".join(part for part in (", ".join(bar.refs) + ":", bar.period) if part)
        rows.append(ast.para([ast.isolated(said), drawn]))
    ends = ast.text(_("Time line: %(first)s to %(last)s") % vars(line))
    return [ast.div([*rows, ast.para(ends)], "time-line")]
