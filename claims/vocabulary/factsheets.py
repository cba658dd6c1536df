"""The vocabularies of fact sheets and editions: each stored code with its label and meaning."""

from sources.vocabulary import LabelledEnum, _


class EditionFormat(LabelledEnum):
    """The file formats of an edition."""

    HTML = "html", _("HTML")
    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word")
    ODT = "odt", _("OpenDocument")
    MARKDOWN = "markdown", _("Markdown")
    JSON = "json", _("JSON")
    CSL_JSON = "csl_json", _("CSL-JSON")
    BIBTEX = "bibtex", _("BibTeX")
    RIS = "ris", _("RIS")


class SheetLayout(LabelledEnum):
    """The layouts of a fact sheet."""

    BRIEF = "brief", _("Brief"), _("One page where it fits: what holds, who says it, what is not.")
    DOSSIER = "dossier", _("Dossier"), _("All claims with their quotes, conflicts and sources.")


class EditionState(LabelledEnum):
    """The states of an edition for a reader; the gravest come first."""

    WITHDRAWN = "withdrawn", _("Withdrawn"), _("The desk took the edition back.")
    SUPERSEDED = "superseded", _("Superseded"), _("A later edition replaced it.")
    STALE = "stale", _("Stale"), _("What it rests on has changed since it was issued.")
    CURRENT = "current", _("Current"), _("It is the newest, and nothing it rests on changed.")


class IssueState(LabelledEnum):
    """The states of a request to issue an edition, in the order in which they are gone through."""

    WAITING = "waiting", _("Waiting"), _("The worker has not begun with it, or begins again.")
    MAKING = "making", _("Being made"), _("The files of the edition are being made.")
    ISSUED = "issued", _("Issued"), _("The edition is there.")
    FAILED = "failed", _("Failed"), _("Nothing was issued, and nothing more is tried by itself.")


class EditionReasonCode(LabelledEnum):
    """The codes of reasons why an edition is not current. The gravest come first."""

    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")
    RETRACTED = "retracted", _("Claim retracted")
    TAKEN_OFF = "taken-off", _("Claim taken off")
    SOURCE_CLOSED = "source-closed", _("Source closed"), _("It names what became confidential.")
    STANDING = "standing", _("Standing of a source")
    CONFLICT = "conflict", _("Conflict that it does not show")
    NEW_VERSION = "new-version", _("Newer version of a claim")
    SUPPORT_LOST = (
        "support-lost",
        _("What a claim rests on"),
        _("A claim it rests on is gone, or its search is to be made again."),
    )
    WORDS_WITHHELD = "words-withheld", _("Words withheld")
    FLAGGED = "flagged", _("Flagged"), _("For the staff alone.")

    @property
    def closes(self) -> bool:
        """Whether the edition has what readers may no longer be shown, so that none of it is."""
        return self in (EditionReasonCode.TAKEN_OFF, EditionReasonCode.SOURCE_CLOSED)


class ChangeCode(LabelledEnum):
    """The codes of changes from one edition of a fact sheet to the next."""

    CLAIM_ADDED = "claim-added", _("New claim")
    NEW_VERSION = "new-version", _("New version of a claim")
    CLAIM_REMOVED = "claim-removed", _("Claim taken out")
    CONFLICT_OPENED = "conflict-opened", _("New conflict")
    CONFLICT_DECIDED = (
        "conflict-decided",
        _("Conflict looked at"),
        _("A person decided on a conflict that goes on."),
    )
    CONFLICT_SETTLED = "conflict-settled", _("Conflict settled")
    CONFLICT_GONE = "conflict-gone", _("Conflict no longer shown")
    STANDING = "standing", _("Standing of a source")
    TITLE = "title", _("Title")
    SUMMARY = "summary", _("Summary")
    SECTION_ADDED = "section-added", _("New section")
    PROSE = "prose", _("Prose of a section")
    SECTION_REMOVED = "section-removed", _("Section taken out")
    UNKNOWN = "unknown", _("What is not known")


class FileVerdict(LabelledEnum):
    """The verdicts on a file that somebody has: whether it is one of an edition, as issued.

    Of a file of an extract they say whether it is as it was frozen, and stale where a claim in it
    was retracted, or has a newer version, since.
    """

    CURRENT = "current", _("Ours, unchanged, current")
    STALE = "stale", _("Ours, unchanged, stale")
    SUPERSEDED = "superseded", _("Ours, unchanged, superseded")
    WITHDRAWN = "withdrawn", _("Ours, unchanged, withdrawn")
    CHANGED = (
        "changed",
        _("Changed"),
        _("It names an edition, but its bytes are not those that were issued."),
    )
    UNKNOWN = "unknown", _("Not ours, or changed")


class CheckCode(LabelledEnum):
    """The codes of the check before a fact sheet is issued, each with what is to be done about it.

    The first ones block: nothing is issued while one is found. The others ask for a note, which is
    kept with the edition.
    """

    UNKNOWN_REFERENCE = (
        "unknown_reference",
        _("There is no claim with this reference"),
        _("Write the reference of a published claim, or take it out."),
    )
    MISWRITTEN_REFERENCE = (
        "miswritten_reference",
        _("A reference is written in a form that is not read"),
        _("Write each reference in brackets of its own, as in [C17] [C18]."),
    )
    UNPUBLISHED_REFERENCE = (
        "unpublished_reference",
        _("A claim is not published"),
        _("Have the claim approved and published, or take its reference out."),
    )
    QUOTE_DRIFTED = (
        "quote_drifted",
        _("A quote differs from its source"),
        _("Correct the quote in a new version of the claim."),
    )
    QUOTE_MISSING = (
        "quote_missing",
        _("A quote is not in its source"),
        _("Quote words that are in the source in a new version of the claim."),
    )
    QUOTE_WITHHELD = (
        "quote_withheld",
        _("The words of a quote were withheld"),
        _("Take the claim out, or rest its next version on other words."),
    )
    CONFIDENTIAL_NAME = (
        "confidential_name",
        _("A name that is kept confidential"),
        _("Take the name out, or write what stands for it in public."),
    )
    LOOSE_NUMBER = (
        "loose_number",
        _("A number that no cited claim carries"),
        _("Correct it, cite the claim that carries it, or say in a note where it is from."),
    )
    LOOSE_DATE = (
        "loose_date",
        _("A date that no cited claim carries"),
        _("Correct it, cite the claim that carries it, or say in a note where it is from."),
    )
    CLAIM_RETRACTED = (
        "claim_retracted",
        _("A claim was retracted"),
        _("Take the claim out, or say in a note why it stays."),
    )
    DECIDED_AGAINST = (
        "decided_against",
        _("A person decided against a claim"),
        _("Take the claim out, or say in a note why it stays."),
    )
    OPEN_CONFLICT = (
        "open_conflict",
        _("A claim is disputed"),
        _("Have the conflict decided, show both sides, or say in a note why it is issued so."),
    )
    UNSUPPORTED = (
        "unsupported",
        _("No supporting source stands behind a claim"),
        _("Tie a source to the claim, take it out, or say in a note why it stays."),
    )
    PREMISE_GONE = (
        "premise_gone",
        _("A claim rests on what no longer stands"),
        _("Write a new version of the claim, or say in a note why it stays."),
    )
    ABSENCE_FOUND = (
        "absence_found",
        _("A term that is said to be absent was found"),
        _("Answer the hit, take the claim out, or say in a note why it stays."),
    )
    ABSENCE_UNSEARCHED = (
        "absence_unsearched",
        _("An absence was not searched"),
        _("Run the search, or say in a note why it is issued so."),
    )
    ABSENCE_UNANSWERED = (
        "absence_unanswered",
        _("Words that come close to an absence have not been judged"),
        _("Have a reviewer judge them, or say in a note why it is issued so."),
    )
    ABSENCE_IN_PART = (
        "absence_in_part",
        _("An absence was searched in part"),
        _("Add the texts that are missing, or say in a note why it is issued so."),
    )
    FLAGGED = (
        "flagged",
        _("There is a reason to look at a claim again"),
        _("Close the flag, or say in a note why it is issued so."),
    )
    SOURCE_CHANGED = (
        "source_changed",
        _("A source no longer stands as it was published"),
        _("Rest the claim on another source, or say in a note why it stays."),
    )
    QUOTE_NOT_LOCATED = (
        "quote_not_located",
        _("No text is kept in which a quote could be found"),
        _("Capture the source, or say in a note who compared the words."),
    )
    QUOTE_IN_DOUBT = (
        "quote_in_doubt",
        _("The place of a quote is in doubt, and nobody has confirmed it"),
        _("Have a reviewer confirm it, or say in a note why it is issued so."),
    )

    @property
    def blocks(self) -> bool:
        """Whether nothing is issued while it is found."""
        return list(CheckCode).index(self) <= list(CheckCode).index(CheckCode.CONFIDENTIAL_NAME)
