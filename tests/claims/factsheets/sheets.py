"""A small sheet with everything in it that a real one may hold, and some that none should."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from claims.factsheets.sheet import (
    Section,
    Sheet,
    SheetClaim,
    SheetConflict,
    SheetEvidence,
    SheetPosition,
)

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

VISIT_START = SheetConflict(
    ref="K5",
    url="https://facts.example/conflicts/K5/",
    kind_label="Value",
    strength_label="Contradiction",
    status="open",
    status_label="Open",
    question="On which day did the visit begin?",
    positions=(
        SheetPosition(text="7 May 2025", claims=("C17",)),
        SheetPosition(text="8 May 2025", claims=("C18", "C44")),
    ),
)

SEVENTH = SheetClaim(
    ref="C17",
    version="C17/v2",
    url="https://facts.example/claims/C17/v2/",
    statement="Xi Jinping's visit to Russia began on 7 May 2025.",
    status="published",
    status_label="Published",
    is_published=True,
    value="2025-05-07",
    evidence=(
        SheetEvidence(
            stance="supports",
            quote="During a visit to Russia on 7-10 May",
            grade="exact",
            grade_label="Exact",
            source_key="pism-spotlight-2025",
            locator="p. 1",
            language="en",
            original_url="https://www.pism.pl",
            archived_url="https://web.archive.org/web/20250601/https://www.pism.pl",
            captured_on=date(2025, 6, 1),
        ),
        SheetEvidence(
            stance="supports",
            quote="four-day official state visit (7–10 May)",
            grade="folded",
            grade_label="Same words",
            source_key="osw-2025",
            original_url="https://www.osw.waw.pl",
        ),
    ),
    conflicts=(VISIT_START,),
)

EIGHTH = replace(
    SEVENTH,
    ref="C18",
    version="C18/v1",
    url="https://facts.example/claims/C18/v1/",
    statement="Xi Jinping's visit to Russia began on 8 May 2025.",
    asserter="Al Jazeera › unnamed reporter",
    mode="assessed",
    asserted_on="2025-05-08",
    value="2025-05-08",
    as_written="on Thursday",
    evidence=(
        SheetEvidence(
            stance="supports",
            quote="Arriving in Moscow on Thursday at the start of a four-day visit",
            grade="exact",
            grade_label="Exact",
            source_key="aljazeera-2025",
            locator="00:12:30",
        ),
        SheetEvidence(
            stance="refutes",
            quote="on 7-10 May",
            grade="drifted",
            grade_label="Differs",
            source_key="pism-spotlight-2025",
            page="2",
        ),
    ),
)

CHINESE = SheetClaim(
    ref="C21",
    version="C21/v1",
    url="https://facts.example/claims/C21/v1/",
    statement="The statement of 2025 was issued in Chinese.",
    status="submitted",
    status_label="Submitted",
    is_published=False,
    period="2025",
    asserted_on="2025-07",
    is_asserted_on_from_source=True,
    evidence=(
        SheetEvidence(
            stance="context",
            quote="中俄新时代全面战略协作伙伴关系",
            grade="unlocated",
            grade_label="Not located",
            source_key="js-2025",
            locator="preamble",
            language="zh-Hans",
            translation="comprehensive strategic partnership of coordination for a new era",
            translation_note="translated by the desk",
        ),
    ),
    flags=("A source's standing changed",),
)

RETRACTED = SheetClaim(
    ref="C22",
    version="C22/v3",
    url="https://facts.example/claims/C22/v3/",
    statement="Trade grew in the first half of 2025.",
    status="retracted",
    status_label="Retracted",
    is_published=True,
    mode="estimated",
    evidence=(
        SheetEvidence(
            stance="context",
            quote="should be considered an indicator of the low level of energy cooperation "
            "between the two countries",
            grade="exact",
            grade_label="Exact",
            source_key="pism-file-142",
            locator="fn. 5",
        ),
    ),
    retraction_reason="The figure belongs to the year before.",
)

ATTACK = SheetClaim(
    ref="C66",
    version="C66/v1",
    url="javascript:alert(1)",
    statement=HOSTILE,
    status="draft",
    status_label="Draft",
    is_published=False,
    asserter=HOSTILE,
    value=HOSTILE,
    as_written="<i>x</i>",
    evidence=(
        SheetEvidence(
            stance="supports",
            quote=HOSTILE,
            grade="missing",
            grade_label="Not found",
            source_key="hostile",
            locator=HOSTILE,
            language='en" onclick="x',
            original_url="javascript:alert(1)",
            archived_url="data:text/html,<script>alert(1)</script>",
        ),
    ),
    conflicts=(
        SheetConflict(
            ref="K6",
            url="//evil.example/",
            kind_label=HOSTILE,
            strength_label="Tension",
            status="resolved",
            status_label="Resolved",
            question=HOSTILE,
            decision=HOSTILE,
            positions=(SheetPosition(text=HOSTILE, claims=("C66",)),),
        ),
    ),
)

PLAIN = Sheet(
    title="Xi Jinping's visit to Russia, May 2025",
    language="en",
    generated_at=datetime(2026, 2, 3, 14, 5, tzinfo=UTC),
    sections=(
        Section(heading="The visit", claims=(SEVENTH, EIGHTH)),
        Section(heading="Texts and trade", claims=(CHINESE, RETRACTED)),
    ),
    references={key: item for key, item in REFERENCES.items() if key != "hostile"},
)

HOSTILE_SHEET = replace(
    PLAIN,
    title=HOSTILE,
    sections=(*PLAIN.sections, Section(heading=HOSTILE, claims=(ATTACK,))),
    references=REFERENCES,
)

EMPTY = Sheet(title="Nothing yet", language="en", generated_at=PLAIN.generated_at)
