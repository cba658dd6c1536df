"""Saving topic dictionaries: each save is a version, and nobody's is replaced unseen."""

from typing import Any

import pytest

from claims.actions.series.dictionaries import DictionaryOutdated, save_dictionary
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.domain.series.dictionary_validation import DictionaryRefused
from claims.models import DictionaryVersion
from factbase.models import User
from sources.actions.permission import NotPermitted
from sources.actions.sources import add_series
from sources.models import Series
from sources.vocabulary import Role
from tests import factories as make
from tests.at_once import at_once, refusals


def a_series() -> Series:
    """A series of one document, with topics to sort it by."""
    for name in ("Arctic", "Ukraine"):
        make.topic(name)
    by = make.somebody(Role.CONTRIBUTOR)
    return add_series(key="quad", title="Quad", sources=[make.source()], by=by, at=make.TODAY)


def of(*terms: str) -> Dictionary:
    return Dictionary((DictionaryEntry("arctic", tuple(map(DictionaryTerm, terms))),))


def save(series: Series, dictionary: Dictionary, seen: int, by: User, **given: Any) -> Any:
    arguments: dict[str, Any] = {"note": "", "at": make.TODAY} | given
    return save_dictionary(
        series=series, dictionary=dictionary, seen_number=seen, by=by, **arguments
    )


@pytest.mark.django_db
def test_each_save_is_the_next_version_and_all_stay() -> None:
    series, by = a_series(), make.person(Role.EDITOR)

    save(series, of("Arctic"), 0, by)
    second = save(series, of("Arctic", "  polar  region "), 1, by, note="The region too.")

    assert DictionaryVersion.objects.current_of(series) == second
    assert (second.number, second.made_by, second.note) == (2, by, "The region too.")
    assert second.dictionary == of("Arctic", "polar region")
    assert second.sha256 == second.dictionary.sha256
    assert [one.number for one in DictionaryVersion.objects.of_series(series)] == [2, 1]


@pytest.mark.django_db
def test_what_is_equal_makes_no_version() -> None:
    series, by = a_series(), make.person(Role.EDITOR)
    first = save(series, of("Arctic"), 0, by)

    assert save(series, of(" Arctic "), 1, by) == first
    assert DictionaryVersion.objects.count() == 1


@pytest.mark.django_db
def test_a_dictionary_that_was_saved_since_is_not_replaced() -> None:
    series, one, other = a_series(), make.person(Role.EDITOR), make.person(Role.EDITOR)
    first = save(series, of("Arctic"), 0, one)

    with pytest.raises(DictionaryOutdated, match=f"{one} saved version 1") as refused:
        save(series, of("polar"), 0, other)
    with pytest.raises(DictionaryOutdated, match="has no version 7"):
        save(series, of("polar"), 7, other)

    assert refused.value.current == first
    assert f"{make.TODAY:%Y-%m-%d}" in refused.value.message
    assert DictionaryVersion.objects.get() == first


@pytest.mark.django_db
def test_what_cannot_be_kept_is_refused_whole() -> None:
    series, by = a_series(), make.person(Role.EDITOR)

    with pytest.raises(DictionaryRefused, match="“\\*”"):
        save(series, of("Arctic", "*"), 0, by)

    assert not DictionaryVersion.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_only_editors_save_a_dictionary(role: Role) -> None:
    with pytest.raises(NotPermitted):
        save(a_series(), of("Arctic"), 0, make.person(role))


@pytest.mark.usefixtures("cloned_database")
def test_of_two_editors_at_the_same_moment_the_second_is_told_who_saved() -> None:
    series, one, other = a_series(), make.person(Role.EDITOR), make.person(Role.EDITOR)
    typed = {one: of("Arctic"), other: of("polar")}

    outcomes = at_once(*(lambda by=by: save(series, typed[by], 0, by) for by in (one, other)))

    [refused] = refusals(outcomes)
    kept = DictionaryVersion.objects.get()
    assert isinstance(refused, DictionaryOutdated)
    assert str(kept.made_by) in refused.message
    assert kept.dictionary == typed[kept.made_by]
