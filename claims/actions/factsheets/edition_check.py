"""Checking that editions still are what was issued: files, manifests and versions."""

from claims.domain.factsheets.manifest import content_sha256, manifest_sha256
from claims.models import Edition, EditionFile
from sources.actions.verification import Checked
from sources.models import Withholding


def check_edition_files() -> Checked:
    """Every file of an edition has the bytes that were issued; one that was withheld has none."""
    checked = Checked("files of editions")
    withheld = Withholding.objects.ids_of(EditionFile)
    files = EditionFile.objects.with_hash_of_content().select_related("edition__fact_sheet")
    for file in files.order_by("pk").iterator():
        checked.count += 1
        if file.size == 0 and file.pk in withheld:
            continue
        if file.content_sha256 != file.sha256:
            words = (file.layout, file.format, "of", edition_name(file.edition))
            name = " ".join(filter(None, words))
            checked.problems.append(f"The file {name} holds other bytes than were issued.")
    return checked


def check_editions() -> Checked:
    """Every edition has its manifest, and that fits its files and the versions that it rests on.

    A manifest that was withheld is passed over, and so is a content; the rest is checked all the
    same.
    """
    checked = Checked("editions")
    withheld = Withholding.objects.ids_of(Edition)
    editions = Edition.objects.select_related("fact_sheet").order_by("pk")
    for edition in editions.iterator():
        checked.count += 1
        problems = problems_of_versions(edition)
        if edition.manifest or edition.pk not in withheld:
            problems += problems_of_manifest(edition)
            if edition.content or edition.pk not in withheld:
                problems += problems_of_content(edition)
        checked.problems += [f"{edition_name(edition)} {problem}." for problem in problems]
    return checked


def problems_of_versions(edition: Edition) -> list[str]:
    """The faults of the versions in an edition, each without its subject."""
    return [
        f"rests on another content of {one.version.ref} than that has"
        for one in edition.versions.select_related("version__claim").order_by("pk")
        if one.content_hash != one.version.content_hash
    ]


def problems_of_manifest(edition: Edition) -> list[str]:
    """The faults of a manifest, each without its subject."""
    manifest = edition.manifest
    if manifest_sha256(manifest) != edition.manifest_sha256:
        return ["has another manifest than was issued"]
    problems = []
    if (manifest.get("key"), manifest.get("number")) != (edition.fact_sheet.key, edition.number):
        problems.append("has the manifest of another edition")
    files = edition.files.values_list("layout", "format", "sha256")
    listed = [(one["layout"], one["format"], one["sha256"]) for one in manifest.get("files", ())]
    if sorted(files) != sorted(listed):
        problems.append("has other files than its manifest lists")
    versions = edition.versions.values_list("version__claim", "version__number", "content_hash")
    claims = [(one["claim"], one["version"], one["sha256"]) for one in manifest.get("claims", ())]
    if sorted((f"C{claim}", *rest) for claim, *rest in versions) != sorted(claims):
        problems.append("rests on other versions than its manifest lists")
    return problems


def problems_of_content(edition: Edition) -> list[str]:
    """The faults of a content, each without its subject."""
    if content_sha256(edition.content) != edition.manifest.get("content_sha256"):
        return ["has another content than its manifest names"]
    return []


def edition_name(edition: Edition) -> str:
    """An edition in a sentence."""
    return f"Edition {edition.number} of {edition.fact_sheet.key}"
