"""The refusal of an address that is not fetched."""

from sources.domain.refusals import Refusal


class FetchRefused(Refusal):
    """An address that was not fetched, or an answer that was not kept.

    `code`: not_an_address, scheme, port, inside, unknown_host, too_many_redirects, too_large,
    too_slow, status, unreachable, tls, garbled (an answer that breaks the rules of HTTP).
    """
