"""The manifest of a backup: the first part of its file, by which all others are checked.

{"format": 1, "made_at": "2026-01-31T12:00:00Z", "server": 180004,
 "migrations": [["claims", "0001_tables"], …],       applied, in order of application
 "counts": {"claims_claim": 27, …},                   rows of every table
 "database": {"size": 12345, "sha256": "…"},          database.sql.gz
 "captures": [{"sha256": "…", "size": 678}, …]}       captures/<sha256>
"""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from factbase.backups.refusals import BackupRefused

FORMAT = 1
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Part:
    """The hash and the size in bytes of one part."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """Versions, counts and parts of one backup."""

    made_at: str
    server: int
    migrations: list[tuple[str, str]]
    counts: dict[str, int]
    database: Part
    captures: list[Part]

    def parts(self) -> dict[str, Part]:
        """Every part by the name that it has in the file."""
        captures = {f"captures/{part.sha256}": part for part in self.captures}
        return {"database.sql.gz": self.database, **captures}

    def to_json(self) -> bytes:
        """The manifest as the JSON that is written."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode() + b"\n"


def read_manifest(raw: bytes) -> Manifest:
    """Read a manifest strictly. Raises BackupRefused for anything that is not one."""
    try:
        data = json.loads(raw)
        known = data["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise not_a_backup("its manifest cannot be read") from error
    if known != FORMAT:
        raise BackupRefused(
            "unknown_format",
            f"The backup has the format {known!r}, and this factbase reads {FORMAT}. Restore it "
            "with the version of factbase that made it, or a later one.",
        )
    try:
        manifest = Manifest(
            made_at=str(data["made_at"]),
            server=parse_count(data["server"]),
            migrations=[(str(app), str(name)) for app, name in data["migrations"]],
            counts={str(table): parse_count(count) for table, count in data["counts"].items()},
            database=parse_part(data["database"]),
            captures=[parse_part(part) for part in data["captures"]],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise not_a_backup("its manifest lacks a part") from error
    if len(manifest.parts()) != len(manifest.captures) + 1:
        raise not_a_backup("its manifest names a capture twice")
    return manifest


def parse_part(data: Any) -> Part:
    """Return a part's hash and size. Raises ValueError for anything else."""
    part = Part(str(data["sha256"]), parse_count(data["size"]))
    if not SHA256.fullmatch(part.sha256):
        raise ValueError(part.sha256)
    return part


def parse_count(value: Any) -> int:
    """Return a count of 0 or more. Raises ValueError for anything else."""
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


def not_a_backup(why: str) -> BackupRefused:
    """The refusal of a file that is not as `backup` wrote it."""
    return BackupRefused(
        "not_a_backup",
        f"The file is not a backup of factbase, or was changed since: {why}. Use another copy.",
    )
