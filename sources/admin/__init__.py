"""Sources at the desk; importing this registers its pages with Django's admin."""

from sources.admin.captures import CaptureAdmin
from sources.admin.catalogue import SeriesAdmin
from sources.admin.excerpts import ExcerptAdmin
from sources.admin.publishers import PublisherAdmin
from sources.admin.sources import SourceAdmin
from sources.admin.withholding.pages import WithholdingRequestAdmin

__all__ = [
    "CaptureAdmin",
    "ExcerptAdmin",
    "PublisherAdmin",
    "SeriesAdmin",
    "SourceAdmin",
    "WithholdingRequestAdmin",
]
