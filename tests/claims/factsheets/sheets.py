"""A small sheet with everything in it that a real one may hold, and some that none should."""

from dataclasses import replace
from datetime import date
from typing import Any

from claims.domain.support import Support
from claims.factsheets.sheet import Section, Sheet, SheetClaim
from claims.readings.claims import ClaimReading
from claims.readings.decisions import Decided
from claims.readings.notices import Notice
from claims.readings.questions import QuestionReading
from claims.readings.sides import SideReading
from claims.vocabulary import ConflictStatus, Mode, NoticeCode, Stance, Status
from sources.readings.citing import CitedRecord
from sources.vocabulary import Grade, TranslationMethod
from tests.claims import told

HOSTILE = (
    "<script>alert(1)</script> [x](javascript:alert(1)) ![i](http://e.example/i.png) $x^2$ @cite "
    "`code`{=html} &lt;b&gt; **loud** *soft* ^up^ ~down~ ~~gone~~ [^1] [C1] | # no \\ \\(y\\) "
    "::: {.a} <!-- c --> {{ t }} http://e.example/ \u202eabc"
)

REFERENCES: dict[str, dict[str, Any]] = {
    "pism-spotlight-2025": {
        "type": "report",
        "title": 'Xi Jinping\'s Visit to Russia Signals "Brotherhood of Arms" in Their Rivalry '
        "with the U.S.",
        "author": [{"given": "Marcin", "family": "Przychodniak"}],
        "publisher": "Polish Institute of International Affairs",
        "collection-title": "PISM Spotlight",
        "issued": {"date-parts": [[2025, 5]]},
        "URL": "https://www.pism.pl",
        "language": "en",
        "note": "Day of publication and issue number are not on the document.",
    },
    "osw-2025": {
        "type": "webpage",
        "title": "Ideological consolidation of the alliance: the Russia-China summit",
        "publisher": "Centre for Eastern Studies (OSW)",
        "issued": {"date-parts": [[2025, 5, 13]]},
        "URL": "https://www.osw.waw.pl",
        "language": "en",
        "author": None,
    },
    "aljazeera-2025": {
        "type": "article-newspaper",
        "title": '[Xi tells Putin that China will stand with Moscow against "hegemonic bullying"]',
        "container-title": "Al Jazeera",
        "issued": {"date-parts": [[2025, 5, 8]]},
        "URL": "https://www.aljazeera.com",
        "language": "en",
    },
    "pism-file-142": {
        "type": "report",
        "title": '"A Strategic Partnership with Borders": Sino-Russian Cooperation in Official '
        "Documents",
        "author": [{"given": "Marcin", "family": "Przychodniak"}],
        "editor": [{"given": "Jarosław", "family": "Ćwiek-Karpowicz"}],
        "publisher": "Polish Institute of International Affairs",
        "number": "3 (142)",
        "issued": {"date-parts": [[2025, 7]]},
        "language": "en",
    },
    "js-2025": {
        "type": "treaty",
        "title": "Joint Statement on Further Deepening the China-Russia Comprehensive Strategic "
        "Partnership of Coordination in the New Era",
        "publisher": "Ministry of Foreign Affairs of the People's Republic of China",
        "issued": {"date-parts": [[2025, 5, 9]]},
        "URL": "https://www.mfa.gov.cn",
    },
    "hostile": {
        "type": "no-such-type",
        "title": f"A title of {HOSTILE}",
        "author": [{"family": "<b>Bold</b> *Family*", "given": "Ann"}],
        "issued": {"date-parts": [["2024"]]},
        "URL": "javascript:alert(1)",
        "note": "type: book",
        "custom": {"x": 1},
    },
    "never-cited": {"type": "book", "title": "Never cited"},
}

SEVENTH_SAID = told.claim(
    17,
    "Xi Jinping's visit to Russia began on 7 May 2025.",
    of=2,
    attribution="The desk states, after PISM and OSW",
    evidence=(
        told.quote("pism-spotlight-2025", "During a visit to Russia on 7-10 May", locator="p. 1"),
        told.quote("osw-2025", "four-day official state visit (7–10 May)", grade=Grade.FOLDED),
    ),
)
EIGHTH_SAID = told.claim(
    18,
    "Xi Jinping's visit to Russia began on 8 May 2025.",
    **told.said_by("Al Jazeera › unnamed reporter"),
    mode=Mode.ASSESSED,
    evidence=(
        told.quote(
            "aljazeera-2025",
            "Arriving in Moscow on Thursday at the start of a four-day visit",
            locator="00:12:30",
        ),
        told.quote(
            "pism-spotlight-2025",
            "on 7-10 May",
            stance=Stance.REFUTES,
            grade=Grade.DRIFTED,
            number=8,
        ),
    ),
)


def visit_start(status: ConflictStatus = ConflictStatus.OPEN) -> QuestionReading:
    """The question on which day the visit began."""
    sides = (
        SideReading("7 May 2025", "", (SEVENTH_SAID,), Support()),
        SideReading("8 May 2025", "", (EIGHTH_SAID, told.claim(44, "On the 8th.")), Support()),
    )
    return QuestionReading(
        told.conflict(5, status=status),
        "On which day did the visit begin?",
        "",
        sides,
        (),
        (),
        (SEVENTH_SAID, EIGHTH_SAID),
        is_closed=False,
        is_guarded=False,
        merged_into=None,
    )


VISIT_START = (visit_start(), "https://facts.example/conflicts/K5/")


def on_sheet(claim: ClaimReading, *questions: Any, **words: Any) -> SheetClaim:
    """A claim as a sheet holds it; `words` take the place of those that are made of it."""
    return SheetClaim(
        line=told.in_words(claim, **words),
        url=f"https://facts.example/claims/C{claim.claim}/v{claim.number}/",
        questions=questions,
    )


def disputed(claim: ClaimReading, status: ConflictStatus = ConflictStatus.OPEN) -> ClaimReading:
    """The claim as party to the question of the visit."""
    sentence = f"Disputed (K5). {status.meaning}"
    notices = (Notice(NoticeCode.DISPUTED, sentence, "K5"),) if status.disputes else ()
    return told.changed(claim, conflicts=(told.conflict(5, status=status),), notices=notices)


SEVENTH = on_sheet(disputed(SEVENTH_SAID), VISIT_START, value="2025-05-07")
EIGHTH = on_sheet(
    disputed(EIGHTH_SAID),
    VISIT_START,
    value="2025-05-08",
    as_written="on Thursday",
    said_on="2025-05-08",
)
CHINESE_SAID = told.claim(
    21,
    "The statement of 2025 was issued in Chinese.",
    status=Status.SUBMITTED,
    review_status=Status.SUBMITTED,
    is_published=False,
    evidence=(
        told.quote(
            "js-2025",
            "中俄新时代全面战略协作伙伴关系",
            stance=Stance.CONTEXT,
            grade=Grade.UNLOCATED,
            locator="preamble",
            language="zh-Hans",
            translation="comprehensive strategic partnership of coordination for a new era",
            translated_by="the desk",
            translation_method=TranslationMethod.HUMAN,
        ),
    ),
    notices=(
        Notice(NoticeCode.UNREVIEWED, "No second person has approved this version."),
        Notice(NoticeCode.FLAGGED, "To be looked at again: A source's standing changed"),
    ),
)
CHINESE = on_sheet(CHINESE_SAID, period="2025", said_on="2025-07", is_said_on_from_source=True)

RETRACTED = on_sheet(
    told.claim(
        22,
        "Trade grew in the first half of 2025.",
        of=3,
        status="retracted",
        retracted_at=told.AT,
        retracted_reason="The figure belongs to the year before.",
        mode=Mode.ESTIMATED,
        evidence=(
            told.quote(
                "pism-file-142",
                "should be considered an indicator of the low level of energy cooperation "
                "between the two countries",
                stance=Stance.CONTEXT,
                locator="fn. 5",
            ),
        ),
        notices=(
            Notice(
                NoticeCode.RETRACTED,
                "Retracted on 3 February 2026: The figure belongs to the year before.",
            ),
        ),
    )
)

HOSTILE_CONFLICT = told.conflict(
    6,
    status=ConflictStatus.RESOLVED,
    question=HOSTILE,
    decision=Decided(ConflictStatus.RESOLVED, told.AT),
    decision_text=HOSTILE,
)


def attack(number: int) -> SheetClaim:
    """A claim whose every text is hostile."""
    claim = told.claim(
        number,
        HOSTILE,
        status=Status.DRAFT,
        review_status=Status.DRAFT,
        is_published=False,
        **told.said_by(HOSTILE),
        evidence=(
            told.quote(
                "hostile",
                HOSTILE,
                grade=Grade.MISSING,
                locator=HOSTILE,
                language='en" onclick="x',
                source_title=HOSTILE,
            ),
        ),
        conflicts=(HOSTILE_CONFLICT,),
        notices=(Notice(NoticeCode.UNREVIEWED, HOSTILE),),
    )
    sides = (SideReading(HOSTILE, "", (claim,), Support()),)
    question = QuestionReading(
        HOSTILE_CONFLICT,
        HOSTILE,
        "",
        sides,
        (),
        (),
        (claim,),
        is_closed=False,
        is_guarded=False,
        merged_into=None,
    )
    made = on_sheet(claim, (question, "//evil.example/"), value=HOSTILE, as_written="<i>x</i>")
    return replace(made, url="javascript:alert(1)")


ATTACK = attack(66)

RECORDS = {
    **{key: CitedRecord(item, str(item.get("URL") or "")) for key, item in REFERENCES.items()},
    "pism-spotlight-2025": CitedRecord(
        REFERENCES["pism-spotlight-2025"],
        "https://www.pism.pl",
        "https://web.archive.org/web/20250601/https://www.pism.pl",
        date(2025, 6, 1),
    ),
    "hostile": CitedRecord(
        REFERENCES["hostile"],
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
    ),
}

PLAIN = Sheet(
    title="Xi Jinping's visit to Russia, May 2025",
    language="en",
    generated_at=told.AT,
    sections=(
        Section(heading="The visit", claims=(SEVENTH, EIGHTH)),
        Section(heading="Texts and trade", claims=(CHINESE, RETRACTED)),
    ),
    records={key: record for key, record in RECORDS.items() if key != "hostile"},
    pages={8: "2"},
)

HOSTILE_SHEET = replace(
    PLAIN,
    title=HOSTILE,
    sections=(*PLAIN.sections, Section(heading=HOSTILE, claims=(ATTACK,))),
    records=RECORDS,
)

EMPTY = Sheet(title="Nothing yet", language="en", generated_at=PLAIN.generated_at)
