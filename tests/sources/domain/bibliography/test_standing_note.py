"""The standing of a source in the note of its record."""

from hypothesis import given
from hypothesis import strategies as st

from sources.domain.bibliography.standing_note import (
    own_note,
    with_standing_note,
    without_standing_note,
)

NOTES = st.text().map(str.strip).filter(lambda note: "[Standing:" not in note)


def test_the_standing_stands_after_the_note_of_the_record() -> None:
    said = with_standing_note({"id": "a", "note": "Second edition."}, "It was retracted.")

    assert said == {"id": "a", "note": "Second edition. [Standing: It was retracted.]"}


@given(note=NOTES, sentence=st.text(), later=st.text())
def test_the_standing_comes_out_as_it_went_in(note: str, sentence: str, later: str) -> None:
    record = {"id": "a", "note": note} if note else {"id": "a"}
    said = with_standing_note(record, sentence)

    assert without_standing_note(said) == record
    assert with_standing_note(said, later) == with_standing_note(record, later)


def test_brackets_of_a_reason_do_not_end_it() -> None:
    said = with_standing_note({"note": "Own [1]."}, "It was withdrawn: see [the notice] there.")

    assert said["note"] == "Own [1]. [Standing: It was withdrawn: see (the notice) there.]"
    assert own_note(said["note"]) == "Own [1]."


def test_a_note_that_is_no_text_is_left_out_of_a_file() -> None:
    assert with_standing_note({"note": {"a": 1}}, "It is so.")["note"] == "[Standing: It is so.]"
    assert without_standing_note({"note": {"a": 1}}) == {"note": {"a": 1}}
