"""Capture the page at a web address."""

from datetime import datetime
from typing import TYPE_CHECKING

from sources.actions.captures.archives import is_archive, stated_media_type
from sources.actions.captures.capture import CaptureRefused, capture
from sources.actions.permission import require
from sources.domain.refusals import quoted
from sources.fetching.fetch import Fetcher
from sources.models import Capture, Source
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User


def capture_from(
    *, source: Source, url: str, by: "User", at: datetime, fetcher: Fetcher | None = None
) -> Capture:
    """Fetch a page or file from the public internet and keep it; each fetch is a new capture.

    The fetch takes up to a minute and no transaction; whoever may not keep anything makes the
    server ask nobody. `fetched_from` is the address that was asked, and the answer says under
    `url` where it led. Tests give a fetcher that knows their server. Raises FetchRefused, when
    nothing is kept, CaptureRefused, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    fetched = (fetcher or Fetcher()).fetch(url)
    if is_archive(fetched.data):
        raise CaptureRefused(
            "archive",
            f"{quoted(fetched.url)} is a web archive, of which records are kept and not the whole. "
            "Save it, and upload the file.",
        )
    asked = [*fetched.response["redirects"], fetched.url][0]
    return capture(
        source=source,
        data=fetched.data,
        file_name=fetched.file_name,
        media_type=stated_media_type(fetched.media_type, fetched.charset),
        fetched_from=asked,
        response={**fetched.response, "url": fetched.url},
        by=by,
        at=at,
    )
