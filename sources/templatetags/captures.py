"""Template filters for captures in lists of the desk."""

from typing import Any

from django import template

from sources.readings.capture_notices import capture_notices

register = template.Library()


@register.filter
def notices(capture: Any) -> list[str]:
    """The warnings about the text of a capture, a row of `with_notices`."""
    return capture_notices(capture)
