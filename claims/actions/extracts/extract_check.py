"""Checking that extracts still are what was frozen: their files, and the versions in them."""

from django.db.models import F

from claims.models import Extract, ExtractFile, ExtractVersion
from sources.actions.verification import Checked
from sources.models import Withholding


def check_extract_files() -> Checked:
    """Every file of an extract has the bytes that were frozen; one that was withheld has none."""
    checked = Checked("files of extracts")
    withheld = Withholding.objects.ids_of(ExtractFile)
    files = ExtractFile.objects.with_hash_of_content().select_related("extract")
    for file in files.order_by("pk").iterator():
        checked.count += 1
        if file.size == 0 and file.pk in withheld:
            continue
        if file.content_sha256 != file.sha256:
            checked.problems.append(
                f"The file {file.format} of {file.extract.ref} holds other bytes than were frozen."
            )
    return checked


def check_extracts() -> Checked:
    """Every extract has as many versions as rows, each with the hash that it had."""
    checked = Checked("extracts")
    changed = ExtractVersion.objects.exclude(content_hash=F("version__content_hash"))
    for one in changed.select_related("extract", "version__claim").order_by("pk"):
        checked.problems.append(
            f"{one.extract.ref} has another content of {one.version.ref} than that has."
        )
    for extract in Extract.objects.with_number_of_versions().order_by("pk"):
        checked.count += 1
        if extract.version_count != extract.rows:
            checked.problems.append(
                f"{extract.ref} has {extract.version_count} versions for {extract.rows} rows."
            )
    return checked
