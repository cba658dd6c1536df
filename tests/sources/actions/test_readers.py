"""Who reads a source that only named persons read."""

import pytest

from factbase.models import User
from sources.actions.readers import ReaderRefused, name_reader, remove_reader
from sources.actions.sources import add_source, revise_source
from sources.models import Source, SourceReader
from sources.vocabulary import Access, Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def gone() -> User:
    """Somebody whose account was deactivated."""
    person = make.person()
    person.is_active = False
    person.save()
    return person


def letter(by: User, access: Access = Access.NAMED) -> Source:
    return add_source(
        record={"id": "letter", "type": "report", "title": "A letter"},
        access=access,
        public_descriptor="a letter",
        by=by,
        at=make.TODAY,
    )


def reads(source: Source, person: User) -> bool:
    return Source.objects.readable_by(person, make.TODAY).filter(pk=source.pk).exists()


def test_who_enters_a_source_for_named_persons_is_the_first_of_them() -> None:
    author, other = make.person(), make.person(Role.ADMINISTRATOR)

    source = letter(author)

    assert reads(source, author)
    assert not reads(source, other)


def test_who_narrows_a_source_to_named_persons_reads_it_still() -> None:
    author, editor = make.person(), make.person(Role.EDITOR)
    source = letter(author, Access.STAFF)

    revise_source(source=source, record=source.csl, access=Access.NAMED, by=editor, at=make.TODAY)

    assert reads(source, editor)
    assert not reads(source, author)


def test_a_named_person_names_another_who_reads_it_then() -> None:
    author, other = make.person(), make.person()
    source = letter(author)

    for _time in range(2):
        name_reader(source=source, reader=other, by=author, at=make.TODAY)

    assert reads(source, other)
    assert source.reader_ties.count() == 2


def test_who_is_not_named_names_nobody() -> None:
    author, outside = make.person(), make.person(Role.ADMINISTRATOR)
    source = letter(author)

    with pytest.raises(ReaderRefused) as refused:
        name_reader(source=source, reader=outside, by=outside, at=make.TODAY)

    assert refused.value.code == "not_a_reader"
    assert not reads(source, outside)


def test_a_deactivated_account_and_a_visitor_are_not_named() -> None:
    author = make.person()
    source = letter(author)

    for reader in (gone(), make.person(is_staff=False)):
        with pytest.raises(ReaderRefused, match="name somebody who signs in"):
            name_reader(source=source, reader=reader, by=author, at=make.TODAY)


def test_nobody_is_named_for_a_source_that_all_of_the_staff_reads() -> None:
    author = make.person()
    source = letter(author, Access.STAFF)

    with pytest.raises(ReaderRefused, match="change its access first"):
        name_reader(source=source, reader=make.person(), by=author, at=make.TODAY)


def test_a_reader_is_taken_back_but_never_the_last_who_can_read_it() -> None:
    author, other = make.person(), make.person()
    source = letter(author)
    name_reader(source=source, reader=other, by=author, at=make.TODAY)

    remove_reader(source=source, reader=other, by=author, at=make.TODAY)
    SourceReader.objects.create(source=source, reader=gone())

    assert not reads(source, other)
    with pytest.raises(ReaderRefused) as refused:
        remove_reader(source=source, reader=author, by=author, at=make.TODAY)
    assert refused.value.code == "last_reader"
    assert reads(source, author)
