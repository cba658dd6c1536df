"""Merging what two people made of one version, so that neither loses a change."""

from dataclasses import dataclass, fields, replace

from claims.domain.content import Content

# The fields that say something together alone: a number of one property is no number of another.
VALUE_FIELDS = (
    *("property", "basis", "value", "as_written", "approximate", "decimal_mark", "degree"),
    "premises",
)
_PARTS = (
    VALUE_FIELDS,
    *((one.name,) for one in fields(Content) if one.name not in VALUE_FIELDS),
)


@dataclass(frozen=True)
class MergedContent:
    """The content with the changes of both, and the fields in which the other's differs.

    `taken` are changed by the other alone, and here as they have them. `disputed` are those of
    which both changed the part that they belong to: the own ones are here.
    """

    content: Content
    taken: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


def merge_content(*, seen: Content, own: Content, others: Content) -> MergedContent:
    """Merge two changes of the content that both began with.

              ┌─ own ────┐
    seen ─────┤          ├──→ a part that one of them changed is as they changed it
              └─ others ─┘
    """
    taken: list[str] = []
    disputed: list[str] = []
    for part in _PARTS:
        changed = [
            name
            for name in part
            if getattr(others, name) not in (getattr(seen, name), getattr(own, name))
        ]
        is_untouched = all(getattr(own, name) == getattr(seen, name) for name in part)
        (taken if is_untouched else disputed).extend(changed)
    theirs = {name: getattr(others, name) for name in taken}
    return MergedContent(replace(own, **theirs), tuple(taken), tuple(disputed))
