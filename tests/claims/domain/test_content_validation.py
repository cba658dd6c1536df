import pytest

from claims.domain.content import Absence, Content, Term
from claims.domain.content_validation import ContentRefused, validate_content
from claims.vocabulary import Degree, Mode, ValueKind

SCOPE = Absence(terms=(Term("Arctic"),), series="statements")
PLAIN = {"statement": "It is so."}
ASSERTED = {**PLAIN, "subject": "report", "property": "mentions"}


def refusal(kind: ValueKind | None, **content: object) -> str | None:
    """The code of the refusal, none where the parts fit together."""
    try:
        validate_content(Content(**content), kind=kind)  # type: ignore[arg-type] # any of its fields
    except ContentRefused as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({}, None),
        ({"subject": "report"}, None),
        ({"period": "2025", "asserted_on": "2025-06", "asserted_by": ("ministry",)}, None),
        ({"value": "9"}, "property_missing"),
        ({"approximate": True}, "property_missing"),
        ({"aspect": "energy"}, "property_missing"),
        ({"degree": "passing"}, "property_missing"),
        ({"basis": "year on year"}, "property_missing"),
        ({"absence": SCOPE}, "property_missing"),
    ],
)
def test_without_a_property_there_is_nothing_that_belongs_to_one(
    content: dict[str, object], code: str | None
) -> None:
    assert refusal(None, **PLAIN, **content) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"value": "9%"}, None),
        ({"value": "9%", "subject": None}, "subject_missing"),
        ({"value": ""}, "value_missing"),
        ({"value": "9%", "degree": "passing"}, "degree"),
        ({"value": "9%", "absence": SCOPE}, "absence"),
    ],
)
def test_a_property_is_said_of_a_subject_with_a_value(
    content: dict[str, object], code: str | None
) -> None:
    assert refusal(ValueKind.QUANTITY, **{**ASSERTED, **content}) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"value": "present"}, None),
        ({"value": "present", "degree": "central"}, None),
        ({"value": "present", "degree": "everywhere"}, "unknown_degree"),
        ({"value": "absent"}, None),
        ({"value": "absent", "degree": "central"}, "degree"),
        ({"value": "absent", "absence": SCOPE}, None),
        ({"value": "present", "absence": SCOPE}, "absence"),
        ({"value": "absent", "absence": Absence(terms=(), series="statements")}, "terms_missing"),
        ({"value": "absent", "absence": Absence(terms=(Term("Arctic"),))}, "scope"),
        (
            {
                "value": "absent",
                "absence": Absence(terms=(Term("x"),), series="statements", sources=("report",)),
            },
            "scope",
        ),
    ],
)
def test_a_degree_is_of_what_is_present_and_a_search_for_what_is_absent(
    content: dict[str, object], code: str | None
) -> None:
    assert refusal(ValueKind.PRESENCE, **{**ASSERTED, **content}) == code


@pytest.mark.parametrize("degree", Degree)
def test_every_degree_is_known(degree: Degree) -> None:
    assert refusal(ValueKind.PRESENCE, **ASSERTED, value="present", degree=degree) is None


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("asserted_by", [(), ("desk",)])
def test_somebody_s_word_names_the_somebody(mode: Mode, asserted_by: tuple[str, ...]) -> None:
    needs = mode in (Mode.ASSESSED, Mode.EXPECTED, Mode.PLANNED)
    code = "asserter_missing" if needs and not asserted_by else None

    assert refusal(None, **PLAIN, mode=mode, asserted_by=asserted_by) == code


def test_an_unknown_mode_is_refused_with_those_there_are() -> None:
    with pytest.raises(ContentRefused, match=r"“hoped” is no mode.+ stated, estimated"):
        validate_content(Content("It is so.", mode="hoped"), kind=None)
