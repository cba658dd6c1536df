"""The vocabularies of extracts: claims frozen as a table that can be cited."""

from sources.vocabulary import LabelledEnum, _


class ExtractFormat(LabelledEnum):
    """The formats of the files of an extract; the code is the ending of the file's name."""

    CSV = "csv", _("CSV"), _("A table for programs, in UTF-8 with a line for each claim.")
    NDJSON = "ndjson", _("NDJSON"), _("A JSON object in every line.")

    @property
    def media_type(self) -> str:
        """The media type with the encoding."""
        types = {"csv": "text/csv", "ndjson": "application/x-ndjson"}
        return f"{types[self.value]}; charset=utf-8"


class ExtractState(LabelledEnum):
    """The states of an extract for its readers."""

    GIVEN = "given", _("Given"), _("Its files are given as they were frozen.")
    WITHDRAWN = "withdrawn", _("Withdrawn"), _("The desk took it back; the reason stays.")
    CLOSED = "closed", _("Closed"), _("It has what readers may no longer be shown.")
    WITHHELD = "withheld", _("Withheld"), _("Words that it quotes were withheld since.")
