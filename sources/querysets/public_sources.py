"""The rule that says which sources a reader may read at a time.

A source of public access is public once something that the public reads rests on it, or an editor
opened it: before that, its being here says what the desk works on. Grounds are a version that
readers see, or saw while its claim is published, which quotes the source, names the entity that
stands for it, or is about an absence from it; and a public source that derives from it. They are
looked for by the functions of `claims.0006_public_sources`, row by row; see decision 25.
"""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, DateTimeField, F, Func, Q, Value

from sources.querysets.readers import is_staff
from sources.vocabulary import Access

# As `is_allowed`, of a source `s` in a statement that takes the values of `allowing`.
SOURCE_IS_ALLOWED = """(s.access = ANY(%(accesses)s::text::text[]) OR EXISTS (
        SELECT FROM sources_sourcereader r
        WHERE r.source_id = s.id AND r.reader_id = %(person)s::bigint))"""


class _IsPublic(Func):
    """Whether a source of public access is public, given its id and the time."""

    function = "source_is_public"
    output_field = BooleanField()


def is_readable(sources: Any, reader: Any, at: datetime, *, path: str = "") -> Q:
    """The condition that the reader may read a source, record and text, at that time.

    The desk: as `is_allowed`. The public: of those, what is public then, by itself or because such
    a source derives from it, at once or through others. `sources` is the model of sources, `path`
    leads to one from the rows that are filtered.
    """
    allowed = is_allowed(sources, reader, path=path)
    if is_staff(reader):
        return allowed
    return allowed & Q(_IsPublic(F(f"{_prefix(path)}pk"), Value(at, DateTimeField())))


def is_allowed(sources: Any, reader: Any, *, path: str = "") -> Q:
    """The condition that the access to a source lets the reader know it.

    It is enough for sources that come by what the reader reads anyway, such as the quotes of a
    published version: they are public by that. The desk may know all but those for named persons,
    who may know these too.
    """
    prefix = _prefix(path)
    if not is_staff(reader):
        return Q(**{f"{prefix}access": Access.PUBLIC})
    named = sources.objects.for_named(reader).values("pk")
    return Q(**{f"{prefix}access__in": [Access.PUBLIC, Access.STAFF]}) | Q(
        **{f"{prefix}pk__in": named}
    )


def allowing(reader: Any) -> dict[str, Any]:
    """The values of SOURCE_IS_ALLOWED for the reader."""
    if not is_staff(reader):
        return {"accesses": f"{{{Access.PUBLIC}}}", "person": None}
    return {"accesses": f"{{{Access.PUBLIC},{Access.STAFF}}}", "person": reader.pk}


def _prefix(path: str) -> str:
    return f"{path}__" if path else ""
