"""Addresses of the public pages."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from claims.api.exports import EXPORTS
from claims.api.matrix import MatrixViewSet
from claims.pages import (
    about,
    citing,
    claims,
    comparison,
    conflicts,
    dictionaries,
    discovery,
    editions,
    entities,
    extracts,
    factsheets,
    publishers,
    quote_checks,
    quoting,
    search,
    short_addresses,
    sources,
    topics,
)
from claims.pages.series import cell as series_cell
from claims.pages.series import contexts as series_contexts
from claims.pages.series import matrix as series_matrix
from claims.pages.series import words as series_words
from claims.vocabulary.extracts import ExtractFormat
from sources.domain.keys import KEY


class Reference:
    """The number of a reference: whole, from 1, within what the database counts to."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        """The number of what stands in an address."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number as an address has it."""
        return str(value)


class VersionNumber(Reference):
    """The number of a version within its claim."""

    regex = "[1-9][0-9]{0,8}"


class Key(StringConverter):
    """The key of a source, series or topic: a slug."""

    regex = KEY


class Column(StringConverter):
    """The column of a matrix: the key of a source, and of one of several texts its number."""

    regex = rf"{KEY}(?:\.[1-9][0-9]{{0,17}})?"


class FileSuffix(StringConverter):
    """How the name of a file of a matrix ends, but for JSON."""

    regex = "csv|xlsx|svg"


class CitationEnding(StringConverter):
    """How the name of a file that cites an extract ends."""

    regex = "bib|json|ris"


class ExtractEnding(StringConverter):
    """How the name of a file of an extract ends: its format."""

    regex = "|".join(form.value for form in ExtractFormat)


register_converter(CitationEnding, "citation")
register_converter(Column, "column")
register_converter(ExtractEnding, "extract_format")
register_converter(FileSuffix, "suffix")
register_converter(Reference, "reference")
register_converter(VersionNumber, "version")
register_converter(Key, "key")

app_name = "claims"

# References as somebody types them. What is printed has neither a small letter nor a slash at the
# end, and what `reverse` makes neither.
_NUMBER, _VERSION = "(?P<number>[1-9][0-9]{0,17})", "(?P<of>[1-9][0-9]{0,8})"
SHORT = [
    re_path(rf"^C{_NUMBER}/?$", short_addresses.to_claim, name="short-claim"),
    re_path(rf"^c{_NUMBER}/?$", short_addresses.to_claim),
    re_path(rf"^[Cc]{_NUMBER}/v{_VERSION}/?$", short_addresses.to_version),
    re_path(rf"^claims/c{_NUMBER}/?$", short_addresses.to_claim),
    re_path(rf"^claims/c{_NUMBER}/v{_VERSION}/?$", short_addresses.to_version),
    re_path(rf"^K{_NUMBER}/?$", short_addresses.to_conflict, name="short-conflict"),
    re_path(rf"^k{_NUMBER}/?$", short_addresses.to_conflict),
    re_path(rf"^conflicts/k{_NUMBER}/?$", short_addresses.to_conflict),
    re_path(rf"^X{_NUMBER}/?$", short_addresses.to_extract, name="short-extract"),
    re_path(rf"^x{_NUMBER}/?$", short_addresses.to_extract),
    re_path(rf"^extracts/x{_NUMBER}/?$", short_addresses.to_extract),
    re_path(rf"^q/{_NUMBER}/?$", short_addresses.to_words, name="short-excerpt"),
    re_path(rf"^f/(?P<key>{KEY})/?$", short_addresses.to_newest_edition),
    re_path(
        rf"^f/(?P<key>{KEY})/(?P<number>[1-9][0-9]{{0,8}})/?$",
        short_addresses.to_edition,
        name="short-edition",
    ),
]

urlpatterns = [
    path("", search.search_page, name="search"),
    path("claims/C<reference:number>/", claims.claim, name="claim"),
    path("claims/C<reference:number>/v<version:of>/", claims.version, name="version"),
    path("claims/C<reference:number>/v<version:of>/cite/", citing.cite_claim, name="cite"),
    path("entities/", entities.entities, name="entities"),
    path("entities/<key:key>/", entities.entity, name="entity"),
    path("sources/", publishers.sources, name="sources"),
    path("sources/<key:key>/", sources.source, name="source"),
    path("sources/<key:key>/quote/", quoting.quote_words, name="quote"),
    path("sources/<key:key>/compare/", comparison.compare, name="compare"),
    path("series/<key:key>/", series_matrix.series, name="series"),
    path(
        "series/<key:key>/dictionary/<version:number>.<str:form>",
        dictionaries.dictionary,
        name="dictionary-file",
    ),
    path("series/<key:key>/contexts/", series_contexts.contexts, name="contexts"),
    path("series/<key:key>/contexts.csv", series_contexts.contexts_csv, name="contexts-csv"),
    path("series/<key:key>/words/", series_words.words, name="words"),
    path("series/<key:key>/words.csv", series_words.words_csv, name="words-csv"),
    path("series/<key:key>/matrix/<version:number>/", series_matrix.matrix, name="matrix"),
    path(
        "series/<key:key>/matrix/<version:number>.json",
        MatrixViewSet.as_view({"get": "retrieve"}),
        name="matrix-json",
    ),
    path(
        "series/<key:key>/matrix/<version:number>.<suffix:suffix>",
        series_matrix.matrix_file,
        name="matrix-file",
    ),
    path("series/<key:key>/topics/<key:topic>/<column:column>/", series_cell.cell, name="cell"),
    path("quotes/check/", quote_checks.quote_check, name="quote-check"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<key:key>/", topics.topic, name="topic"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/K<reference:number>/", conflicts.conflict, name="conflict"),
    path("factsheets/", factsheets.factsheet, name="factsheet"),
    path("factsheets/sheet.css", factsheets.sheet_css, name="sheet-css"),
    path("extracts/", extracts.extracts, name="extracts"),
    path("extracts/X<reference:number>/", extracts.extract, name="extract"),
    path(
        "extracts/X<reference:number>.<extract_format:form>",
        extracts.extract_file,
        name="extract-file",
    ),
    path(
        "extracts/X<reference:number>/cite.<citation:ending>",
        extracts.cite_extract,
        name="cite-extract",
    ),
    path("about/", about.about, name="about"),
    path("corrections/", about.corrections, name="corrections"),
    path("robots.txt", discovery.robots, name="robots"),
    path("favicon.ico", discovery.favicon, name="favicon"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("sitemap-pages.xml", discovery.sitemap_pages, name="sitemap-pages"),
    path("sitemap-claims-<version:number>.xml", discovery.sitemap_claims, name="sitemap-claims"),
    path("factsheets/verify/", editions.verify_file, name="verify-file"),
    path("factsheets/<key:key>/", editions.newest_edition, name="newest-edition"),
    path("factsheets/<key:key>/<version:number>/", editions.edition_brief, name="edition"),
    path(
        "factsheets/<key:key>/<version:number>/dossier/",
        editions.edition_dossier,
        name="edition-dossier",
    ),
    path(
        "factsheets/<key:key>/<version:number>/files/<str:name>",
        editions.edition_file,
        name="edition-file",
    ),
    *[path(f"export/claims.{name}", view, name=f"export-{name}") for name, view in EXPORTS.items()],
    *SHORT,
]
