"""Reader of the pages in a web archive (WARC 1.0 and 1.1, ISO 28500; also in a WACZ).

The file comes from anybody: it is read once from front to end, within limits of size, number and
time, and every digest that it states is computed again. A fault of the archive itself refuses all
of it. A page that its server already sent broken is skipped and counted: the archive is right.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import IO, Any

from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from sources.domain.refusals import is_invisible, quoted
from sources.fetching.addresses import MAX_LENGTH as MAX_ADDRESS_LENGTH
from sources.fetching.archive_response import (
    PageUnreadable,
    StoredResponse,
    is_digest_of,
    read_response,
    too_large_page,
)
from sources.fetching.archive_stream import (
    ArchiveBudget,
    ArchiveLimits,
    ArchiveStream,
    HeaderLines,
    damaged,
)
from sources.fetching.archive_stream import ArchiveRefused as ArchiveRefused
from sources.fetching.headers import charset_in, file_name_in, kept_headers, media_type_in
from sources.fetching.wacz import archives_in

LIMITS = ArchiveLimits()

_WARC = StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES)
_LENGTH = re.compile(r"[0-9]{1,15}", re.ASCII)
_URL = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#]\S*)?", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z", re.ASCII)
_BLANK_LINES = 16


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """A page of an archive, uncompressed.

    `captured_at` is the archive's date, in UTC. `response` is as of a fetch, from what the record
    says; of a `resource` record, which has no answer of a server, it holds at most the peer.
    """

    url: str
    captured_at: datetime
    data: bytes
    media_type: str
    charset: str
    file_name: str
    response: dict[str, Any]


class Records(Iterator[ArchivedRecord]):
    """The pages of an archive, one by one; `skipped` counts by reason the records passed over.

    The reasons: a WARC type (request, revisit, metadata, …), status (not 200), not_http (dns:
    and others), address, truncated, segmented, empty, unreadable. Keep the pages only when the
    last was read: a refusal can come at the end.
    """

    def __init__(self, file: IO[bytes], limits: ArchiveLimits, now: datetime) -> None:
        self.skipped: Counter[str] = Counter()
        self.kept = 0
        self._limits = limits
        self._now = now
        self._budget = ArchiveBudget(limits)
        self._pages = self._read(file)

    def __next__(self) -> ArchivedRecord:
        return next(self._pages)

    def _read(self, file: IO[bytes]) -> Iterator[ArchivedRecord]:
        for stream in _streams(file, self._budget):
            while (head := self._next_head(stream)) is not None:
                page = self._page(head, stream)
                if page is None:
                    continue
                self.kept += 1
                if self.kept > self._limits.records:
                    raise ArchiveRefused(
                        "too_many",
                        f"The archive holds more than {self._limits.records:,} pages, the most"
                        " that are kept. Split it, or upload the pages that you quote.",
                    )
                yield page
        if not self.kept:
            passed = ", ".join(f"{count} {reason}" for reason, count in self.skipped.items())
            raise ArchiveRefused(
                "no_page",
                "The archive holds no page with status 200 that can be kept; passed over:"
                f" {passed or 'nothing'}. Upload the page itself.",
            )

    def _next_head(self, stream: ArchiveStream) -> StatusAndHeaders | None:
        """Read the headers of the next record; None at the end."""
        lines = HeaderLines(stream, self._limits.head)
        for _ in range(_BLANK_LINES):
            line = lines.readline()
            if not line:
                return None
            if line.strip():
                break
        self._budget.begin_entry()
        try:
            return _WARC.parse(lines, line)
        except (StatusAndHeadersParserException, EOFError) as error:
            raise damaged(f"record {self._budget.entries} does not begin as WARC does") from error

    def _page(self, head: StatusAndHeaders, stream: ArchiveStream) -> ArchivedRecord | None:
        """Return the page of a record; a skipped record is counted and None returned."""
        length = self._length(head)
        kind = _header(head, "WARC-Type").lower()
        url = _header(head, "WARC-Target-URI").removeprefix("<").removesuffix(">")
        reason = _skip_reason(head, kind, url)
        if reason:
            stream.skip(length)
            self.skipped[reason] += 1
            return None
        if length > self._limits.record + self._limits.head:
            raise too_large_page(self._limits.record)
        block = stream.read(length)
        captured_at = self._date(head, url)
        try:
            return self._kept(head, kind, url, captured_at, block)
        except PageUnreadable:
            self.skipped["unreadable"] += 1
            return None

    def _kept(
        self, head: StatusAndHeaders, kind: str, url: str, captured_at: datetime, block: bytes
    ) -> ArchivedRecord | None:
        """Return the page in a block, after checking the digests of the record."""
        self._check_digest(head, "WARC-Block-Digest", url, block)
        response: dict[str, Any] = {}
        disposition = ""
        if kind == "response":
            answer = read_response(block, self._limits.head)
            self._check_payload(head, url, answer)
            if answer.status != 200:
                self.skipped["status"] += 1
                return None
            data = answer.page(self._limits.chunks, self._budget)
            content_type = answer.header("content-type")
            disposition = answer.header("content-disposition")
            response = {
                "status": answer.status,
                "headers": kept_headers(answer.headers),
                "redirects": [],
            }
        else:
            self._check_digest(head, "WARC-Payload-Digest", url, block)
            data, content_type = block, _header(head, "Content-Type")
            self._budget.decode_bytes(len(data))
        if not data:
            self.skipped["empty"] += 1
            return None
        if len(data) > self._limits.record:
            raise too_large_page(self._limits.record)
        peer = _peer(_header(head, "WARC-IP-Address"))
        return ArchivedRecord(
            url=url,
            captured_at=captured_at,
            data=data,
            media_type=media_type_in(content_type),
            charset=charset_in(content_type),
            file_name=file_name_in(disposition, url),
            response=response | ({"peer": peer} if peer else {}),
        )

    def _length(self, head: StatusAndHeaders) -> int:
        """Return the length of the block, which the record must state once."""
        lengths = {value for name, value in head.headers if name.lower() == "content-length"}
        length = lengths.pop() if len(lengths) == 1 else ""
        if not _LENGTH.fullmatch(length):
            raise damaged(f"record {self._budget.entries} does not say how long it is")
        return int(length)

    def _date(self, head: StatusAndHeaders, url: str) -> datetime:
        """Return the time of capture. Raises ArchiveRefused where it is missing or impossible."""
        stated = _header(head, "WARC-Date")
        try:
            if not _DATE.fullmatch(stated):
                raise ValueError
            date = datetime.fromisoformat(stated[:19]).replace(tzinfo=UTC)
        except ValueError as error:
            raise ArchiveRefused(
                "date",
                f"The record of {quoted(url)} has the date {quoted(stated)}, which is none like"
                " 2025-03-01T12:00:00Z. Nothing of the archive was kept; export it anew.",
            ) from error
        if date > self._now or date.year < 1990:
            raise ArchiveRefused(
                "date",
                f"The record of {quoted(url)} has the date {quoted(stated)}, when it cannot have"
                " been captured. Nothing of the archive was kept; check the clock of what made it.",
            )
        return date

    def _check_payload(self, head: StatusAndHeaders, url: str, answer: StoredResponse) -> None:
        """Check the payload's digest, taken with or without the chunks, as writers differ."""
        if is_digest_of(_header(head, "WARC-Payload-Digest"), answer.body):
            return
        try:
            plain = answer.without_chunks(self._limits.chunks)
        except PageUnreadable:
            plain = answer.body
        self._check_digest(head, "WARC-Payload-Digest", url, plain)

    def _check_digest(self, head: StatusAndHeaders, name: str, url: str, content: bytes) -> None:
        digest = _header(head, name)
        if digest and not is_digest_of(digest, content):
            raise ArchiveRefused(
                "digest",
                f"Record {self._budget.entries} of the archive, {quoted(url)}, does not have the"
                f" {name} that it states: it was altered or damaged. Nothing of the archive was"
                " kept; get it anew from where it was made.",
            )


def records(
    file: IO[bytes], *, limits: ArchiveLimits = LIMITS, now: datetime | None = None
) -> Records:
    """Read the pages of a WARC (plain or gzip) or a WACZ; the file must be seekable.

    Raises ArchiveRefused here or while the pages are read. No date may be after `now`.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size > limits.file:
        raise ArchiveRefused(
            "too_large",
            f"The archive has {size:,} bytes; at most {limits.file:,} are kept. Split it, or"
            " upload the pages that you quote.",
        )
    return Records(file, limits, now or datetime.now(UTC))


def _streams(file: IO[bytes], budget: ArchiveBudget) -> Iterator[ArchiveStream]:
    """Yield the WARC files of an upload, whose format is told by its first bytes."""
    begin = file.read(8)
    file.seek(0)
    if begin.startswith(b"PK"):
        yield from archives_in(file, budget)
    elif begin.startswith((b"\x1f\x8b", b"WARC/")):
        yield ArchiveStream(file, budget)
    else:
        raise ArchiveRefused(
            "unknown_kind",
            "The file begins neither as a WARC (plain or gzip) nor as a WACZ. Upload it as what"
            " it is, or export it as one of these.",
        )


def _skip_reason(head: StatusAndHeaders, kind: str, url: str) -> str:
    """Return the reason to skip a record unread; "" where it is read."""
    if kind not in ("response", "resource"):
        known = ("warcinfo", "request", "metadata", "revisit", "conversion", "continuation")
        return kind if kind in known else "other"
    if not url.lower().startswith(("http://", "https://")):
        return "not_http"
    if len(url) > MAX_ADDRESS_LENGTH or not _URL.fullmatch(url) or any(map(is_invisible, url)):
        return "address"
    if _header(head, "WARC-Segment-Number"):
        return "segmented"
    return "truncated" if _header(head, "WARC-Truncated") else ""


def _header(head: StatusAndHeaders, name: str) -> str:
    """Return a header of a record, "" where it has none."""
    return str(head.get_header(name, "")).strip()


def _peer(stated: str) -> str:
    try:
        return str(ip_address(stated))
    except ValueError:
        return ""
