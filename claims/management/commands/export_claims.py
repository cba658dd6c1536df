"""`export_claims`: claims as files in flat columns, with their hashes and a data package."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.api.exports import versions_asked_for
from claims.exports.batches import row_batches
from claims.exports.dictionary import dictionary_page
from claims.exports.files import progress_of, write_file, write_json
from claims.exports.flat_rows import FlatRow
from claims.exports.formats import FORMATS
from claims.exports.packages import (
    PACKAGE_NAME,
    ExportOrder,
    Sidecar,
    data_package,
    written_resource,
)
from sources.domain.moments import read_moment
from sources.domain.refusals import Refusal
from sources.management.arguments import account_named
from sources.querysets.readers import is_staff
from sources.readings.reader import Reader


class Command(BaseCommand):
    """Export what the public, or an account, may read."""

    help = (
        "Write claims to files in flat columns (docs/data-dictionary.md), each with a sidecar of "
        "rows and SHA-256, and a data package beside them. Without --as, what the public reads."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take formats, folder, filters and reader."""
        parser.add_argument(
            "--format",
            action="append",
            dest="forms",
            choices=[*FORMATS],
            help="a format; may be given several times (default: csv)",
        )
        parser.add_argument("--output", type=Path, metavar="DIR", help="the folder to write to")
        parser.add_argument(
            "--query",
            default="",
            metavar="QUERY",
            help="filters as in the API's list of claims: topic=trade&period=2025",
        )
        parser.add_argument(
            "--as", dest="username", metavar="USERNAME", help="the account that reads"
        )
        parser.add_argument(
            "--known-at",
            metavar="MOMENT",
            help="what was known at the end of a date, or at a time with its zone: 2025-05-12",
        )
        parser.add_argument(
            "--resume", action="store_true", help="continue files that were cut off"
        )
        parser.add_argument(
            "--base-url",
            default=next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000"),
            metavar="URL",
            help="where readers find the pages (default: the first of FACTBASE_ORIGINS)",
        )
        parser.add_argument(
            "--dictionary", action="store_true", help="print the data dictionary, and do no more"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the files, a line for each."""
        if options["dictionary"]:
            self.stdout.write(dictionary_page(), ending="")
            return
        folder: Path | None = options["output"]
        if folder is None:
            raise CommandError(_("Name a folder to write to with --output DIR."))
        username = options["username"]
        account = account_named(username) if username else None
        now, past = timezone.now(), options["known_at"]
        try:
            at = now if past is None else read_moment(past, now=now)
            folder.mkdir(parents=True, exist_ok=True)
            sidecars = [
                self.written(
                    folder,
                    ExportOrder(
                        FORMATS[name],
                        options["query"],
                        at,
                        options["base_url"].rstrip("/"),
                        username or "",
                        is_staff(account),
                        past is not None,
                    ),
                    account,
                    resume=options["resume"],
                )
                for name in dict.fromkeys(options["forms"] or ["csv"])
            ]
            resources = [written_resource(sidecar) for sidecar in sidecars]
            package = data_package(settings.INSTALLATION_NAME, sidecars[0].order.at, resources)
            write_json(folder / PACKAGE_NAME, package)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        except OSError as error:
            words = {"folder": folder, "why": error.strerror}
            raise CommandError(
                _("%(folder)s cannot be written to: %(why)s. Name another folder.") % words
            ) from error

    def written(self, folder: Path, order: ExportOrder, account: Any, *, resume: bool) -> Sidecar:
        """Write one file, whole or from where it was cut off. Raises Refusal and OSError."""
        progress = progress_of(folder, order.form) if resume else None
        if progress is not None:
            if not order.is_of_the_past:
                order = replace(order, at=datetime.fromisoformat(progress.at))
            words = {"file": order.form.file_name, "rows": progress.rows}
            self.stdout.write(_("%(file)s goes on after %(rows)d rows.") % words)

        def batches(after: int) -> Iterator[list[FlatRow]]:
            return row_batches(
                versions.filter(claim_id__gt=after), Reader(account, order.at), order.site
            )

        with order.in_its_time():
            versions = versions_asked_for(order.query, account, order.at)
            order.form.require_room(versions)
            sidecar = write_file(folder, order, batches, resumed=progress)
        words = {
            "file": folder / order.form.file_name,
            "rows": sidecar.rows,
            "sha256": sidecar.sha256,
        }
        self.stdout.write(_("%(file)s: %(rows)d rows, SHA-256 %(sha256)s") % words)
        return sidecar
