"""The vocabularies of claims: each stored code with its label and meaning."""

from sources.vocabulary import LabelledEnum, _


class EntityKind(LabelledEnum):
    """The kinds of entity."""

    COUNTRY = "country", _("Country")
    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")
    EVENT = "event", _("Event")
    PROJECT = "project", _("Project")
    PLACE = "place", _("Place")
    DOCUMENT = "document", _("Document"), _("A source as the subject of claims.")
    SERIES = "series", _("Series"), _("A series of sources as the subject of claims.")
    CONCEPT = "concept", _("Concept")


class ValueKind(LabelledEnum):
    """The kinds of value that a property can have."""

    QUANTITY = "quantity", _("Quantity"), _("A number with a unit.")
    COUNT = "count", _("Count"), _("A whole number.")
    DATE = "date", _("Date"), _("A day, month, year or interval.")
    TRUTH = "truth", _("Truth"), _("True or false.")
    PRESENCE = "presence", _("Presence"), _("Present in a document, or absent.")
    ENTITY = "entity", _("Entity"), _("Another entity.")
    TEXT = "text", _("Text"), _("Words.")


class DecimalMark(LabelledEnum):
    """The decimal mark of a typed number that has more than digits and a point."""

    POINT = "point", _("1,234.5"), _("A point before the fraction.")
    COMMA = "comma", _("1.234,5 or 1 234,5"), _("A comma before the fraction.")


class PropertyTime(LabelledEnum):
    """The ways in which a property relates to time."""

    STATE = "state", _("State"), _("Holds throughout its period.")
    OVER = "over", _("Over"), _("A total, a change or a count over its period.")


class DateExtent(LabelledEnum):
    """The ways in which a date of several days is meant."""

    WITHIN = "within", _("Some day in it"), _("On one day of those, such as a signing in May 2025.")
    WHOLE = "whole", _("All of it"), _("From the first day to the last, such as a visit.")


class Degree(LabelledEnum):
    """The degrees of a presence: how much room a document gives to what it mentions."""

    PASSING = "passing", _("In passing")
    ONE_SENTENCE = "one sentence", _("One sentence")
    SECTION = "section", _("A section")
    CENTRAL = "central", _("Central")


class Mode(LabelledEnum):
    """The modes of an assertion: how sure it is."""

    STATED = "stated", _("Stated"), _("Said as a fact.")
    ESTIMATED = "estimated", _("Estimated"), _("Said as a fact, with a figure that is an estimate.")
    ASSESSED = "assessed", _("Assessed"), _("Somebody's judgement.")
    EXPECTED = "expected", _("Expected"), _("Said to be likely to come.")
    PLANNED = "planned", _("Planned"), _("Said to be intended.")

    @property
    def is_prospective(self) -> bool:
        """Whether it is about the future; such modes never disagree with facts."""
        return self in (Mode.EXPECTED, Mode.PLANNED)

    @property
    def needs_asserter(self) -> bool:
        """Whether an asserter must be named."""
        return self in (Mode.ASSESSED, Mode.EXPECTED, Mode.PLANNED)


class Status(LabelledEnum):
    """The states of a version in review."""

    DRAFT = "draft", _("Draft"), _("Being written; nobody has been asked to read it.")
    SUBMITTED = "submitted", _("Submitted"), _("Waits for a second person.")
    CHANGES_REQUESTED = (
        "changes-requested",
        _("Changes requested"),
        _("A reviewer asked for changes; the next version answers."),
    )
    APPROVED = "approved", _("Approved"), _("A second person attests the statement and its quotes.")
    REJECTED = "rejected", _("Rejected"), _("A second person refused it.")
    WITHDRAWN = "withdrawn", _("Withdrawn"), _("Its author took it back before a decision.")
    SUPERSEDED = "superseded", _("Superseded"), _("A later version replaced it before a decision.")


class Stance(LabelledEnum):
    """The stances of evidence: how an excerpt bears on a claim."""

    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Context")


class JudgementAnswer(LabelledEnum):
    """The answers of a reviewer to the question that the stance of a quote asks.

    Does it make the claim, does it speak against it, does it belong to it as context?
    """

    YES = "yes", _("Yes")
    PARTLY = (
        "partly",
        _("Partly"),
        _("It makes a part of the claim, which the note names; another quote makes the rest."),
    )
    NO = "no", _("No")


class Decision(LabelledEnum):
    """The decisions of a reviewer on a version."""

    APPROVE = "approve", _("Approve")
    REQUEST_CHANGES = "request-changes", _("Ask for changes")
    REJECT = "reject", _("Reject")


class ConflictKind(LabelledEnum):
    """The kinds of conflict."""

    VALUE = "value", _("Value"), _("The values exclude each other.")
    DIRECTION = "direction", _("Direction"), _("One says growth, the other a fall.")
    PRESENCE = "presence", _("Presence"), _("One says it is there, the other that it is not.")
    STANCE = "stance", _("Evidence"), _("One claim has supporting and refuting evidence.")
    ABSENCE = "absence", _("Absence"), _("Something said to be absent was found.")
    EDITORIAL = "editorial", _("Editorial"), _("A person put these claims side by side.")

    @property
    def is_within_a_claim(self) -> bool:
        """Whether it is between a claim and its own evidence, not between claims."""
        return self in (ConflictKind.STANCE, ConflictKind.ABSENCE)


class Strength(LabelledEnum):
    """The strengths of a conflict."""

    CONTRADICTION = "contradiction", _("Contradiction"), _("They cannot both stand.")
    TENSION = (
        "tension",
        _("Tension"),
        _("One side is somebody's word, an estimate or bound to time."),
    )


class ConflictStatus(LabelledEnum):
    """The states of a conflict."""

    OPEN = "open", _("Open"), _("Nobody has decided yet.")
    CONFIRMED = "confirmed", _("Confirmed"), _("A person confirmed that it is one.")
    RESOLVED = "resolved", _("Resolved"), _("Some of the claims stand; the decision says which.")
    RECONCILED = "reconciled", _("Reconciled"), _("All stand: scope, definition or time differ.")
    IRREDUCIBLE = "irreducible", _("Irreducible"), _("Sources disagree and nothing decides.")
    LAPSED = "lapsed", _("Lapsed"), _("Its claims no longer disagree.")
    MERGED = "merged", _("Merged"), _("Became part of another conflict.")

    @property
    def is_live(self) -> bool:
        """Whether its members still disagree, decided or not."""
        return self not in (ConflictStatus.LAPSED, ConflictStatus.MERGED)

    @property
    def disputes(self) -> bool:
        """Whether it makes its members disputed."""
        return self in (
            ConflictStatus.OPEN,
            ConflictStatus.CONFIRMED,
            ConflictStatus.IRREDUCIBLE,
        )


class Audience(LabelledEnum):
    """Those for whom conflicts are found and told: from what they may know alone."""

    STAFF = "staff", _("Staff"), _("All who are signed in: what is submitted counts as well.")
    PUBLIC = "public", _("Public"), _("Anonymous readers: what is published counts alone.")


class Reconciliation(LabelledEnum):
    """The differences that reconcile claims: all stand, though their values exclude each other."""

    SCOPE = "scope", _("Scope"), _("They speak of different parts, places or groups.")
    DEFINITION = "definition", _("Definition"), _("They count or measure different things.")
    TIME = "time", _("Time"), _("They speak of different times.")
    VINTAGE = "vintage", _("Vintage"), _("One is an earlier state of figures revised since.")
    UNIT = "unit", _("Unit"), _("They are in different units or currencies.")


class FlagKind(LabelledEnum):
    """The reasons to look at a claim again."""

    SOURCE_STANDING = "source-standing", _("A source's standing changed")
    QUOTE_DRIFTED = "quote-drifted", _("A quote is no longer verified")
    ABSENCE_HIT = "absence-hit", _("An absence was challenged by a hit")
    PREMISE_CHANGED = "premise-changed", _("A premise changed")
    READER_NOTE = "reader-note", _("A reader's note")


class NoticeCode(LabelledEnum):
    """The codes of notices: what a reader of a claim is told of it. The gravest come first."""

    RETRACTED = "retracted", _("Retracted"), _("The desk took the claim back.")
    TAKEN_OFF = "taken-off", _("Taken off"), _("An editor took it off the public pages.")
    UNREVIEWED = "unreviewed", _("Not reviewed"), _("No second person has approved it.")
    DOES_NOT_STAND = "does-not-stand", _("Does not stand"), _("A person decided against it.")
    SOURCE_RETRACTED = "source-retracted", _("Source retracted")
    SOURCE_WITHDRAWN = "source-withdrawn", _("Source withdrawn")
    UNSUPPORTED = "unsupported", _("Not supported"), _("No supporting source stands.")
    FOUND = "found", _("Found"), _("A term that is said to be absent was found.")
    DISPUTED = "disputed", _("Disputed"), _("Other claims or its own quotes contradict it.")
    PREMISE_GONE = (
        "premise-gone",
        _("A premise is gone"),
        _("It rests on what stands no more."),
    )
    SOURCE_OF_CONCERN = "source-of-concern", _("Source of concern")
    SOURCE_CORRECTED = "source-corrected", _("Source corrected")
    UNSEARCHED = "unsearched", _("Not searched"), _("Nothing was searched for it as things are.")
    UNANSWERED = (
        "unanswered",
        _("To be judged"),
        _("Words that come close to what is said to be absent have not been judged yet."),
    )
    SEARCHED_IN_PART = (
        "searched-in-part",
        _("Searched in part"),
        _("Some documents have no text, or a part of it."),
    )
    WORDS_WITHHELD = "words-withheld", _("Words withheld"), _("Words of a quote were withheld.")
    SOURCE_SUPERSEDED = "source-superseded", _("Source superseded")
    FLAGGED = "flagged", _("Flagged"), _("There is a reason to look at it again.")
    CONFLICT_ENDED = "conflict-ended", _("Conflict ended"), _("A party to it was taken back.")
    UPHELD = "upheld", _("Upheld"), _("A person decided that it stands.")

    @property
    def is_of_source(self) -> bool:
        """Whether it says that a source no longer stands as published."""
        return self.value.startswith("source-")


class FindingOutcome(LabelledEnum):
    """The outcomes of searching one document for an absence."""

    ABSENT = "absent", _("Absent")
    PRESENT = "present", _("Present")
    UNANSWERED = (
        "unanswered",
        _("To be judged"),
        _("No term was found, and words that come close have not been judged yet."),
    )
    IN_PART = (
        "in-part",
        _("Searched in part"),
        _("Nothing was found in its text, which is only a part of the file."),
    )
    NOT_SEARCHED = "not-searched", _("Not searched"), _("There is no text to search.")


class AbsenceStatus(LabelledEnum):
    """The states of an absence by its last search; the last two are no outcome of a search."""

    HOLDS = "holds", _("Holds"), _("All documents were searched, and none has a term.")
    PARTLY = (
        "partly",
        _("Holds as far as searched"),
        _("Some documents have no text, or a part of it; none of those searched has a term."),
    )
    CONTRADICTED = "contradicted", _("Contradicted"), _("A document has a term.")
    UNANSWERED = (
        "unanswered",
        _("To be judged"),
        _("No document has a term, and words that come close have not been judged yet."),
    )
    UNSEARCHED = "unsearched", _("Not searched"), _("No document has a text to search.")
    OUTDATED = (
        "outdated",
        _("To be searched again"),
        _("Documents or their texts have changed since the last search."),
    )
    NOT_RUN = "not-run", _("Not searched yet"), _("The first search has not been made.")

    @property
    def is_outcome(self) -> bool:
        """Whether a search can end with it."""
        return self not in (AbsenceStatus.OUTDATED, AbsenceStatus.NOT_RUN)


class Matching(LabelledEnum):
    """The ways in which a term's words are matched in a document."""

    WORDS = "words", _("Whole words"), _("Case and diacritics make no difference.")
    PREFIX = "prefix", _("Beginnings of words"), _("Each word of a term may go on.")


class NearMiss(LabelledEnum):
    """The kinds of near miss: why a place that is no hit is shown to a person.

    In the order in which they are listed, what most often is the term itself before what rarely is.
    """

    LEFT_OUT = "left-out", _("Left out by NOT")
    INFLECTED = "inflected", _("Another form of the word")
    SPELLING = "spelling", _("Another spelling of the word")
    TRANSLITERATION = "transliteration", _("The word in the letters of another script")
    # Findings that were stored before the three kinds above had codes say it of these too.
    ALIKE = "alike", _("Words that are spelled alike")
    APART = "apart", _("The words in another order, or with others between them")
    PART = "part", _("All words but one")
    HIDDEN = "hidden", _("In words that the page does not show")
    COMMON = (
        "common",
        _("Another common word"),
        _("Both words are common in the language; neither is a form or a spelling of the other."),
    )

    @property
    def needs_answer(self) -> bool:
        """Whether a person has to say that a place is something else before an absence holds.

        What NOT leaves out has its answer in the term, and of two common words everybody knows that
        they are two.
        """
        return self not in (NearMiss.LEFT_OUT, NearMiss.COMMON)


class Resemblance(LabelledEnum):
    """The ways in which a claim resembles another."""

    REPEATS = (
        "repeats",
        _("Repeats"),
        _("Says the same: the same words, or the same value of the same subject and period."),
    )
    ALIKE = "alike", _("Alike"), _("Has words or its question in common; a person compares them.")


class Difference(LabelledEnum):
    """The differences between claims that resemble each other."""

    NUMBERS = "numbers", _("the numbers differ")
    NEGATION = "negation", _("one of them denies: a “not” stands in one only")
    ASSERTER = "asserter", _("somebody else says so")
    QUESTION = "question", _("it is about something else")
    PERIOD = "period", _("the period is another")
    WITHOUT_PERIOD = "without-period", _("one of them is without a period")
    VALUE = "value", _("the value is another")
