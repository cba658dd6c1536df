"""Template filter for the judgement of the publisher behind a quote."""

from collections.abc import Mapping

from django import template

from sources.readings.publishers import PublisherReading

register = template.Library()


@register.filter
def of_publisher(judged: Mapping[str, PublisherReading], name: str | None) -> object:
    """Return the publisher of that name among those that were read; None where it is not."""
    return judged.get(name) if judged and name else None
