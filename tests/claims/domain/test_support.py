from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from claims.domain.support import Document, Support, grouped

Ties = dict[int, set[int]]
PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=14)
SOURCES = st.lists(st.integers(0, 9), unique=True, max_size=8)


def ties(*pairs: tuple[int, int]) -> Ties:
    """From source to origin."""
    found: Ties = defaultdict(set)
    for source, origin in pairs:
        found[source].add(origin)
    return found


def together(sources: list[int], pairs: list[tuple[int, int]]) -> set[frozenset[int]]:
    return {frozenset(group) for group in grouped(sources, [ties(*pairs)])}


def up(source: int, pairs: list[tuple[int, int]]) -> set[int]:
    """The source and all that it derives from: the definition, step by step."""
    found, new = set[int](), {source}
    while new:
        found |= new
        new = {origin for here, origin in pairs if here in found} - found
    return found


def test_sources_that_share_nothing_are_as_many_groups() -> None:
    assert grouped([3, 1, 2], []) == ((3,), (1,), (2,))


def test_two_copies_of_a_third_are_one_group() -> None:
    # 1 → 9 ← 2     3
    assert grouped([1, 2, 3], [ties((1, 9), (2, 9))]) == ((1, 2), (3,))


def test_a_source_is_of_one_group_with_its_copy() -> None:
    assert grouped([1, 9], [ties((1, 9))]) == ((1, 9),)


def test_origins_are_shared_through_chains_of_any_length() -> None:
    # 1 → 5 → 6 → 9 ← 7 ← 2
    assert grouped([1, 2], [ties((1, 5), (5, 6), (6, 9), (2, 7), (7, 9))]) == ((1, 2),)


def test_a_digest_of_two_joins_what_derives_from_either() -> None:
    # 1 → 8 ← 3 → 9 ← 2
    pairs = [(1, 8), (3, 8), (3, 9), (2, 9)]
    assert grouped([1, 2], [ties(*pairs)]) == ((1,), (2,))
    assert grouped([1, 2, 3], [ties(*pairs)]) == ((1, 2, 3),)


def test_a_common_copy_that_supports_nothing_joins_nobody() -> None:
    # 3, which nobody quotes, is a digest of both.
    assert grouped([1, 2], [ties((3, 1), (3, 2))]) == ((1,), (2,))


def test_ties_of_several_kinds_are_followed_together() -> None:
    # the records say 1 → 5, the evidence says that 5 and 2 rest on 9
    assert grouped([1, 2], [ties((1, 5)), ties((5, 9), (2, 9))]) == ((1, 2),)


@given(SOURCES, PAIRS)
def test_two_are_in_one_group_exactly_if_a_row_of_shared_origins_leads_between_them(
    sources: list[int], pairs: list[tuple[int, int]]
) -> None:
    expected = [{source} for source in sources]
    for one in sources:
        for other in sources:
            if up(one, pairs) & up(other, pairs):
                both = [group for group in expected if group & {one, other}]
                expected = [group for group in expected if group not in both]
                expected.append(set().union(*both))
    assert together(sources, pairs) == {frozenset(group) for group in expected}


@given(SOURCES, PAIRS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(
    sources: list[int], pairs: list[tuple[int, int]], chance: object
) -> None:
    before = together(sources, pairs)
    chance.shuffle(sources)  # type: ignore[attr-defined] # a random.Random
    chance.shuffle(pairs)  # type: ignore[attr-defined] # as above
    assert together(sources, pairs) == before


@given(SOURCES, PAIRS, st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_one_more_origin_never_makes_more_groups(
    sources: list[int], pairs: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    assert len(together(sources, [*pairs, more])) <= len(together(sources, pairs))


@given(SOURCES, PAIRS, st.integers(0, 9))
def test_one_more_source_makes_one_more_group_at_most(
    sources: list[int], pairs: list[tuple[int, int]], more: int
) -> None:
    with_it = [*sources, *({more} - set(sources))]
    assert len(together(with_it, pairs)) <= len(together(sources, pairs)) + 1


def test_documents_publishers_and_authors_are_plain_numbers() -> None:
    support = Support(
        (
            (
                Document(1, "Paper", "paper", "Daily", ("Ann", "Bob")),
                Document(2, "Reprint", "reprint", "Weekly", ("Ann",)),
            ),
            (Document(3, "A ministry official"),),
        )
    )
    assert (support.independent, support.documents) == (2, 3)
    assert (support.publishers, support.authors) == (2, 2)
