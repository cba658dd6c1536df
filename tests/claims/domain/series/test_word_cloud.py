"""Word clouds: no word over another, the same picture for the same words."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.domain.series.word_cloud import LARGEST, SMALLEST, lay_out_cloud

WORDS = st.dictionaries(
    st.text(st.sampled_from("abilmw’中カЖé"), min_size=1, max_size=14),
    st.integers(1, 400),
    max_size=40,
).map(lambda counts: [(word, count, float(count)) for word, count in counts.items()])


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_no_word_is_over_another_and_all_are_in_the_picture(
    words: list[tuple[str, int, float]],
) -> None:
    cloud = lay_out_cloud(words)

    assert sorted(one.word for one in cloud.words) == sorted(word for word, _n, _f in words)
    assert not [pair for pair in combinations(cloud.words, 2) if pair[0].overlaps(pair[1])]
    for one in cloud.words:
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + one.width <= cloud.width
        assert one.y + one.height <= cloud.height


@settings(max_examples=20, deadline=None)
@given(WORDS)
def test_the_order_in_which_words_come_makes_no_difference(
    words: list[tuple[str, int, float]],
) -> None:
    assert lay_out_cloud(words) == lay_out_cloud(words[::-1])


def test_a_word_is_the_larger_the_more_it_is_used() -> None:
    cloud = lay_out_cloud([("trade", 100, 4.0), ("arctic", 50, 1.0), ("rare", 1, 0.01)])

    assert [one.size for one in cloud.words] == [LARGEST, LARGEST // 2, SMALLEST]
