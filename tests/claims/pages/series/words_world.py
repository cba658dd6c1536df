"""A series of documents that readers may know in different ways, counted."""

from claims.models import DictionaryVersion
from sources.actions.sources import add_series
from sources.models import Series, Source
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.counted import has_dictionary
from tests.factories import TODAY

OPEN = "The Quad speaks of the Arctic. The Arctic’s ice matters to the Quad, and trade does too."
LATER = "Trade matters. The Quad speaks of trade and of zeppelins.\nIt didn’t speak of kyanite."
GUARDED = "Nobody but the desk reads of quicksilver here. The Arctic is quoted."
CONFIDENTIAL = "A confidential memo speaks of feldspar in the Arctic."


def build() -> tuple[Series, DictionaryVersion]:
    """Five documents: two that everybody reads whole, one of which the public reads quotes alone,
    a confidential one, and one without a text; with a dictionary of two topics, counted."""
    sources = [
        make.source(
            OPEN, key="open", language="en", issued="2021-03", rights="whole", is_opened=True
        ),
        make.source(
            LATER, key="later", language="en", issued="2022-05", rights="whole", is_opened=True
        ),
        make.source(GUARDED, key="guarded", language="en", is_opened=True),
        make.source(
            CONFIDENTIAL,
            key="secret",
            title="The Secret Memo",
            language="en",
            access="staff",
            public_descriptor="a diplomatic note",
        ),
        make.source(key="bare", title="A paper without a text", is_opened=True),
    ]
    by = make.somebody(Role.CONTRIBUTOR)
    series = add_series(key="quad", title="Quad statements", sources=sources, by=by, at=TODAY)
    return series, has_dictionary(series, arctic=["Arctic"], trade=["trade"])


def source_of(key: str) -> Source:
    return Source.objects.get(key=key)
