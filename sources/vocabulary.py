"""The vocabularies of sources: each stored code with its label and meaning."""

from enum import StrEnum
from typing import Self


def _(text: str) -> str:
    """Mark a label for translation; it is translated where it is shown."""
    return text


class LabelledEnum(StrEnum):
    """A stored code with the label that people read and what it means for them."""

    label: str
    meaning: str

    def __new__(cls, code: str, label: str = "", meaning: str = "") -> Self:
        """Make a member of code, label and meaning; a code alone looks the member up."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.meaning = meaning
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and label, in order of definition."""
        return [(member.value, member.label) for member in cls]


class Role(LabelledEnum):
    """The roles of accounts; each role includes the ones before it."""

    CONTRIBUTOR = "contributor", _("Contributor"), _("Enters and submits.")
    REVIEWER = "reviewer", _("Reviewer"), _("Decides on the versions of others.")
    EDITOR = "editor", _("Editor"), _("Conflicts, retractions, editions.")
    ADMINISTRATOR = "administrator", _("Administrator"), _("Accounts and withholdings.")

    def includes(self, other: "Role") -> bool:
        """Whether this role may do all that the other may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


class Grade(LabelledEnum):
    """The grades of a quote's match with the archived text, from best to worst."""

    EXACT = "exact", _("Exact"), _("The words stand in the text, character for character.")
    FOLDED = (
        "folded",
        _("Same words"),
        _("Differs only in white space, quotation marks, dashes or the like."),
    )
    ELIDED = "elided", _("Shortened"), _("All parts stand in the text, in this order.")
    AMBIGUOUS = (
        "ambiguous",
        _("Several places"),
        _("The words stand in several places; a person chooses one."),
    )
    UNLOCATED = (
        "unlocated",
        _("Not located"),
        _("No text is kept here to find the words in; only a person can check them."),
    )
    DRIFTED = "drifted", _("Differs"), _("Only something similar was found.")
    ELSEWHERE = "elsewhere", _("Elsewhere"), _("Not here, but in another source.")
    MISSING = "missing", _("Not found"), _("The words are not in the text.")

    @property
    def is_located(self) -> bool:
        """Whether the words have one place in the archived text.

        They are verified where besides nothing about that place is in doubt: `Excerpt.is_verified`.
        """
        return self in (Grade.EXACT, Grade.FOLDED, Grade.ELIDED)

    @property
    def is_found(self) -> bool:
        """Whether the words are in the text, in one place or several."""
        return self.is_located or self == Grade.AMBIGUOUS


class DoubtKind(LabelledEnum):
    """The kinds of doubt about a quote at its place in a text, which only a person can settle."""

    GAP = "gap", _("Words left out"), _("The quote leaves out words of the source here.")
    RAISED_FIGURE = (
        "raised-figure",
        _("Raised figure"),
        _("A figure may stand on the line, be an exponent or be the mark of a note."),
    )
    LINE_END_HYPHEN = (
        "line-end-hyphen",
        _("Hyphen at a line's end"),
        _("The page prints a hyphen at the end of a line, which may belong to the word."),
    )
    HIDDEN = "hidden", _("Hidden words"), _("The file has these words, and its page hides them.")
    GIBBERISH = (
        "gibberish",
        _("Unreadable letters"),
        _("The file does not say which letters it prints here."),
    )


class GapWarningKind(LabelledEnum):
    """The reasons to look twice at the words that a quote leaves out."""

    TURNS = "turns", _("Words that can turn the sense"), _("It leaves out a denial or the like.")
    JOINS_SENTENCES = (
        "joins-sentences",
        _("Two sentences"),
        _("It joins words of two sentences: one ends within what is left out."),
    )
    SENTENCES = "sentences", _("Whole sentences"), _("It leaves out the end of another sentence.")
    JOINS_CLAUSES = (
        "joins-clauses",
        _("Two clauses"),
        _("It joins words of two clauses: what follows may be said of something else."),
    )


# The name under which the metadata of a text list pages that were not examined for hidden words.
UNEXAMINED_PAGES = "pages_not_examined_for_hidden_words"


class ApparatusKind(LabelledEnum):
    """The kinds of apparatus: parts of a file that are not words of its running text."""

    NOTE = "note", _("Note mark"), _("The mark of a foot- or endnote, as ¹ or [^1].")
    LINK = "link", _("Link"), _("The brackets and the target of a link; its words are text.")
    MARKUP = "markup", _("Mark-up"), _("A tag left in the text; what it encloses is text.")
    EMPHASIS = "emphasis", _("Emphasis"), _("Asterisks around emphasised words.")
    RUNNING_HEAD = "running-head", _("Running head"), _("A line at the head or foot of each page.")
    PAGE_NUMBER = "page-number", _("Page number"), _("The number of a page, on its own line.")
    FOOTNOTE = "footnote", _("Footnote"), _("The words of a note, at the foot of a page.")
    PULL_QUOTE = (
        "pull-quote",
        _("Pull quote"),
        _("A sentence of the text, repeated in display type between two halves of another."),
    )
    AUDIENCE = (
        "audience",
        _("Audience"),
        _("A transcript's note of what listeners did, as [Applause]."),
    )
    HIDDEN = "hidden", _("Hidden words"), _("Words of the file that its page does not show.")
    CELL = "cell", _("Border of a cell"), _("What parts two cells of a table, or cell and text.")


class Standing(LabelledEnum):
    """The standings of a source: whether its publisher corrected, replaced or took it back."""

    CURRENT = "current", _("Current"), _("Stands as published.")
    CORRECTED = "corrected", _("Corrected"), _("The publisher corrected it.")
    CONCERN = (
        "concern",
        _("Expression of concern"),
        _("The publisher doubts it and has not decided yet."),
    )
    SUPERSEDED = "superseded", _("Superseded"), _("A later edition replaces it.")
    RETRACTED = "retracted", _("Retracted"), _("The publisher took it back.")
    WITHDRAWN = "withdrawn", _("Withdrawn"), _("No longer available from the publisher.")

    @property
    def predicate(self) -> str:
        """The words after "the source is", for messages: retracted."""
        if self == Standing.CONCERN:
            return "under an expression of concern"
        return self.label.lower()


class Access(LabelledEnum):
    """The degrees of access: who may know a source by name and read its text."""

    PUBLIC = "public", _("Public"), _("For everybody, once something published rests on it.")
    STAFF = "staff", _("Staff"), _("Confidential: the public sees a descriptor instead.")
    NAMED = "named", _("Named persons"), _("Confidential, and only the named persons read it.")

    def opens(self, other: "Access") -> bool:
        """Whether this access is wider than the other."""
        degrees = list(Access)
        return degrees.index(self) < degrees.index(other)


class Rights(LabelledEnum):
    """The rights in a text: how much of it may be shown to the public."""

    EXCERPTS = "excerpts", _("Excerpts"), _("Excerpts with at most 300 characters around each.")
    WHOLE = "whole", _("Whole text"), _("The whole text may be shown, by licence or consent.")


class Reliability(LabelledEnum):
    """The reliability of a publisher (NATO/Admiralty grades). Never do arithmetic on these."""

    A = "A", _("A – completely reliable"), ""
    B = "B", _("B – usually reliable"), ""
    C = "C", _("C – fairly reliable"), ""
    D = "D", _("D – not usually reliable"), ""
    E = "E", _("E – unreliable"), ""
    F = "F", _("F – not yet judged"), _("No grade between the others: nobody has judged it yet.")


class PublisherKind(LabelledEnum):
    """The kinds of publisher."""

    GOVERNMENT = "government", _("Government"), ""
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation"), ""
    NEWS = "news", _("News organisation"), ""
    RESEARCH = "research", _("Research institute"), ""
    COMPANY = "company", _("Company"), ""
    ACADEMIC = "academic", _("Academic publisher"), ""
    CIVIL = "civil", _("Civil society"), ""
    OTHER = "other", _("Other"), ""


class OriginKind(LabelledEnum):
    """The ways in which a source derives from another."""

    REPRINT = "reprint", _("Reprint"), ""
    TRANSLATION = "translation", _("Translation"), ""
    WIRE = "wire", _("Wire copy"), ""
    PRESS_RELEASE = "press-release", _("Press release"), ""
    DIGEST = "digest", _("Digest"), ""


class ExtractionOutcome(LabelledEnum):
    """The outcomes of extracting the text of a capture."""

    TEXT = "text", _("Text"), _("A text layer was drawn.")
    NO_TEXT = "no-text", _("No text layer"), _("The file holds pictures of text only.")
    ERROR = "error", _("Error"), _("The file could not be read; the message says why.")


class TranslationMethod(LabelledEnum):
    """The ways in which a quote was translated."""

    HUMAN = "human", _("By a person"), ""
    MACHINE = "machine", _("By machine"), ""
    REVISED = "revised", _("By machine, revised by a person"), ""


class JobFault(LabelledEnum):
    """Why a try of a background job broke off; the meaning is what people read."""

    DATABASE = (
        "database",
        _("Database"),
        _("The database did not answer, or ended the work."),
    )
    WORKER = "worker", _("Worker"), _("The worker was gone before the job was done.")
    CHANGED = (
        "changed",
        _("Changed meanwhile"),
        _("What the job works on was changed by others each time it was read."),
    )
    FILE = "file", _("File"), _("A file could not be read or written.")
    PROGRAM = (
        "program",
        _("Program"),
        _("The program has a fault; the log of the worker has the details."),
    )
