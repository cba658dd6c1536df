import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.values.bases import BasisRefused, clean_bases, read_basis
from sources.domain.text_fields import WordsRefused

KNOWN = ["Nominal", "real, in prices of 2015", "Straße"]
# Text that `str.isprintable` accepts.
PRINTABLE = st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" ")
BASES = st.text(PRINTABLE, min_size=1, max_size=30).filter(str.strip)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nominal", "Nominal"),
        ("  nominal\t", "Nominal"),
        ("REAL,  in prices\nof 2015", "real, in prices of 2015"),
        ("STRASSE", "Straße"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_basis_is_spelled_as_its_property_spells_it(typed: str, kept: str) -> None:
    assert read_basis(typed, known=KNOWN, of="gdp") == kept


def test_without_a_list_a_basis_is_kept_as_typed_but_for_white_space() -> None:
    assert read_basis(" Customs  data\n", known=[], of="trade") == "Customs data"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nominl", "“nominl” is no basis of gdp. Did you mean “Nominal”? Known are: Nominal, real"),
        ("per head", "“per head” is no basis of gdp. Known are: Nominal, real"),
    ],
)
def test_another_basis_is_refused_with_the_known_ones(typed: str, said: str) -> None:
    with pytest.raises(BasisRefused) as refused:
        read_basis(typed, known=KNOWN, of="gdp")
    assert said in refused.value.message


def test_a_list_names_each_basis_once() -> None:
    assert clean_bases([" gross ", "Gross", "net  of tax"]) == ["gross", "net of tax"]


@pytest.mark.parametrize("basis", ["", " ", "x" * 121, "a\0b"])
def test_a_list_takes_no_basis_that_a_claim_could_not_name(basis: str) -> None:
    with pytest.raises(WordsRefused):
        clean_bases([basis])


@given(st.lists(BASES, max_size=5))
def test_every_basis_of_a_list_is_read_as_itself(bases: list[str]) -> None:
    known = clean_bases(bases)

    assert clean_bases(known) == known
    assert [read_basis(basis, known=known, of="it") for basis in known] == known
