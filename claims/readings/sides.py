"""The sides of a conflict: which claims say what, on how many origins, and why it is one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from django.utils.translation import gettext as _

from claims.domain.conflicts.softness import is_soft
from claims.domain.support import Support
from claims.readings.attribution import short_attribution
from claims.readings.claims import ClaimReading, ConflictReading
from claims.readings.facts import EvidenceFacts
from claims.readings.support import NO_SUPPORT, support_of_evidence, told_sources
from claims.readings.values import understood_text
from claims.readings.wording import date_text
from claims.vocabulary import ConflictKind, Mode, Stance, Strength, ValueKind
from sources.readings.reader import Reader

# Kinds whose members are told apart by their values.
OF_VALUES = (ConflictKind.VALUE, ConflictKind.DIRECTION, ConflictKind.PRESENCE)
# How many sides, and claims of a side, a sentence names; the others are counted.
MAX_NAMED = 4


class SideReading(msgspec.Struct, frozen=True, gc=False):
    """One side: a value with its period, or a heading in words where values do not tell apart.

    Of a conflict between quotes of one claim, `stance` says which of them are the side. Where
    something said to be absent was found, the documents are a side without claims. `support` is
    that of all its claims together.
    """

    value: str
    period: str
    claims: tuple[ClaimReading, ...]
    support: Support
    stance: Stance | None = None

    @property
    def heading(self) -> str:
        """The value with its period; empty where each claim is a side of its own."""
        return f"{self.value} ({self.period})" if self.value and self.period else self.value


def sides_of(
    kind: ConflictKind,
    parties: Sequence[ClaimReading],
    evidence: Mapping[int, Sequence[EvidenceFacts]],
    reader: Reader,
) -> tuple[SideReading, ...]:
    """The sides that these versions take, in the order of the claims."""
    if kind == ConflictKind.STANCE:
        return tuple(
            SideReading(
                _(stance.label),
                "",
                tuple(parties),
                _joint(parties, evidence, reader, stance),
                stance,
            )
            for stance in (Stance.SUPPORTS, Stance.REFUTES)
        )
    held: dict[tuple[object, ...], list[ClaimReading]] = defaultdict(list)
    for party in parties:
        value, period = _position(kind, party)
        held[(value, period) if value else (party.id,)].append(party)
    sides = [
        SideReading(*_position(kind, claims[0]), tuple(claims), _joint(claims, evidence, reader))
        for claims in held.values()
    ]
    if kind == ConflictKind.ABSENCE:
        sides += [
            SideReading(found, "", (), NO_SUPPORT)
            for party in parties
            if (found := found_text(party))
        ]
    return tuple(sides)


def found_text(claim: ClaimReading) -> str:
    """The documents in which what the claim says is absent was found; empty where in none.

    Documents are named as far as the reader may know them, and no place in them is. Those of a
    series may have one title: a document whose title another one that was searched has stands with
    its date.
    """
    if claim.search is None:
        return ""
    sources = {(one.source.key, one.source.title) for one in claim.search.findings}
    shared = Counter(title for _key, title in sources)
    titles = dict.fromkeys(
        f"{one.source.title} ({date_text(one.source.issued)})"
        if shared[one.source.title] > 1 and one.source.issued
        else one.source.title
        for one in claim.search.findings
        if one.is_present
    )
    return _("Found in: %(titles)s") % {"titles": "; ".join(titles)} if titles else ""


def question_text(conflict: ConflictReading, parties: Sequence[ClaimReading]) -> str:
    """The question in a few words: a person's own, or subject and property of the first side."""
    if conflict.question or not parties:
        return conflict.question
    first = parties[0]
    return question_words(
        conflict.kind,
        first.statement,
        first.subject.label if first.subject else "",
        first.property.label if first.property else "",
        first.aspect.name if first.aspect else "",
        first.basis,
    )


def question_words(
    kind: ConflictKind, statement: str, subject: str, label: str, aspect: str, basis: str
) -> str:
    """The question of a conflict of a kind with such a party; `label` is that of the property."""
    if kind == ConflictKind.STANCE:
        return _("Quotes for and against the same claim: %(claim)s") % {"claim": statement}
    if kind == ConflictKind.ABSENCE:
        return _("Something said to be absent was found: %(claim)s") % {"claim": statement}
    if not label:
        return ""
    return " — ".join(part for part in (subject, label, aspect, basis) if part)


def reason_text(conflict: ConflictReading, question: str, sides: Sequence[SideReading]) -> str:
    """Why it is a conflict: who says what on each side, and how hard they disagree."""
    why = why_text(conflict, sides)
    if not sides or conflict.kind not in OF_VALUES:
        return why
    named = [_side_text(side) for side in sides[:MAX_NAMED]]
    if len(sides) > MAX_NAMED:
        named.append(_("%(n)d more") % {"n": len(sides) - MAX_NAMED})
    words = {"question": question, "sides": _(", against ").join(named)}
    said = _("%(question)s. %(sides)s.") % words
    return f"{said} {why}"


def why_text(conflict: ConflictReading, sides: Sequence[SideReading]) -> str:
    """Why it is a conflict, without what the sides say; empty of one without sides."""
    if not sides:
        return ""
    if conflict.kind not in OF_VALUES:
        return f"{_(conflict.kind.meaning)}{_same_source(conflict)}"
    parties = [claim for side in sides for claim in side.claims]
    return f"{_why(conflict, parties)}{_same_source(conflict)}"


def is_soft_claim(claim: ClaimReading) -> bool:
    """Whether a claim is soft, by the rule that detection goes by."""
    return is_soft(
        mode=claim.mode,
        is_attributed=bool(claim.asserters),
        approximate=claim.value is not None and claim.value.approximate,
        period=claim.period.typed if claim.period else "",
    )


def softness_text(claim: ClaimReading) -> str:
    """Say why a claim is soft: "C3 is what Russia is said to have said"; empty where it is not.

    The gravest reason alone: somebody's word, a judgement or an estimate, an approximate value, an
    uncertain date.
    """
    if not is_soft_claim(claim):
        return ""
    if claim.asserters:
        words = _("%(ref)s is what %(who)s is said to have said")
        if _speaks_in_own_source(claim):
            words = _("%(ref)s is what %(who)s itself says")
    elif claim.mode == Mode.ASSESSED:
        words = _("%(ref)s is a judgement")
    elif claim.mode == Mode.ESTIMATED:
        words = _("%(ref)s is an estimate")
    elif claim.value is not None and claim.value.approximate:
        words = _("%(ref)s gives an approximate value")
    else:
        words = _("%(ref)s is of an uncertain date")
    return words % {"ref": claim.ref, "who": claim.attribution}


def _speaks_in_own_source(claim: ClaimReading) -> bool:
    """Whether the only asserter published a source of the claim's supporting quotes."""
    if len(claim.asserters) != 1:
        return False
    label = claim.asserters[0].label
    return any(
        piece.quote.source.publisher == label
        for piece in claim.evidence
        if piece.stance == Stance.SUPPORTS
    )


def _position(kind: ConflictKind, claim: ClaimReading) -> tuple[str, str]:
    """The value and period that tell a claim's side from others."""
    if kind not in OF_VALUES:
        return "", ""
    return understood_text(claim.value), date_text(claim.period.typed if claim.period else "")


def _joint(
    claims: Sequence[ClaimReading],
    evidence: Mapping[int, Sequence[EvidenceFacts]],
    reader: Reader,
    stance: Stance = Stance.SUPPORTS,
) -> Support:
    """The support that the quotes of all these claims give together."""
    pieces = [piece for claim in claims for piece in evidence.get(claim.id, ())]
    return support_of_evidence(pieces, told_sources(pieces, reader), stance)


def _side_text(side: SideReading) -> str:
    """A side, who takes it first: "Al Jazeera (C12), C15: 8 May 2025"."""
    text = f"{side.value}, {side.period}" if side.period else side.value
    held = {claim.ref: short_attribution(claim) for claim in side.claims}
    who = [f"{attribution} ({ref})" for ref, attribution in held.items()]
    more = _(" and %(n)d more") % {"n": len(who) - MAX_NAMED} if len(who) > MAX_NAMED else ""
    return f"{', '.join(who[:MAX_NAMED])}{more}: {text}"


def _why(conflict: ConflictReading, parties: Sequence[ClaimReading]) -> str:
    """Say why it is a contradiction, or no more than a tension."""
    if conflict.strength == Strength.CONTRADICTION:
        return _("They are said plainly of the same time, so that they cannot all stand.")
    soft = dict.fromkeys(words for claim in parties if (words := softness_text(claim)))
    why = []
    if any(claim.value is not None and claim.value.kind == ValueKind.TEXT for claim in parties):
        why.append(_("other words may say the same"))
    why += list(soft)[:MAX_NAMED]
    if len({claim.days for claim in parties}) > 1:
        why.append(_("the periods overlap and are not the same"))
    return _("It is a tension: %(why)s.") % {"why": "; ".join(why)} if why else ""


def _same_source(conflict: ConflictReading) -> str:
    return " " + _("All of it comes from one source.") if conflict.same_source else ""
