"""Terms as lines of an input: the words, and a language behind a bar: `Сил* Сибири-2 | ru`."""

import re

_LANGUAGE = re.compile(r"\s*[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\s*")


def term_of_line(line: str) -> tuple[str, str]:
    """The term in a line and its language, empty where none is written."""
    text, _bar, language = line.rpartition("|")
    if text and _LANGUAGE.fullmatch(language):
        return text.strip(), language.strip()
    return line, ""


def line_of_term(text: str, language: str = "") -> str:
    """The line that is read as this term."""
    return f"{text} | {language}" if language else text
