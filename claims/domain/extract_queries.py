"""The query of an extract in one way of writing, so that two that ask the same read the same."""

from urllib.parse import parse_qsl, quote, urlencode

from sources.domain.refusals import Refusal, quoted

MAX_QUERY = 2_000
# What stands for itself in a query that people read.
_PLAIN = ",:!/.~*'()"


class QueryRefused(Refusal):
    """A query that is none. `code`: not_a_query, query_too_long."""


def canonical_query(written: str) -> str:
    """Return a query string in its one form: by name, those of one name in their order.

    It may be a whole address, and begin with a question mark; one that stands behind a parameter,
    as in `q=why?`, is of its value. Raises QueryRefused.
    """
    written = written.strip()
    address, mark, rest = written.partition("?")
    query = rest if mark and "=" not in address else written
    query = query.partition("#")[0]
    if len(query) > MAX_QUERY:
        raise QueryRefused(
            "query_too_long",
            f"The query has {len(query)} characters; at most {MAX_QUERY} are kept. Ask for less.",
        )
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
        text = urlencode(sorted(pairs, key=lambda pair: pair[0]), quote_via=quote, safe=_PLAIN)
    except ValueError as error:  # a part without “=”, or a lone surrogate
        raise QueryRefused(
            "not_a_query",
            f"{quoted(query)} is no query. Write it as the address of a list has it after the "
            "question mark: topic=trade&status=published.",
        ) from error
    return text


def query_pairs(query: str) -> list[tuple[str, str]]:
    """The parameters of a query in their order, with their values as typed."""
    return parse_qsl(query, keep_blank_values=True)


def query_parameters(query: str) -> dict[str, list[str]]:
    """The values of a query by parameter, in their order."""
    found: dict[str, list[str]] = {}
    for name, value in query_pairs(query):
        found.setdefault(name, []).append(value)
    return found
