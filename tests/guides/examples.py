"""The examples of a guide: its fenced blocks, by language and line.

    ```python            run with those before it, in one program
    ```r
    ```sh
    ```sh refused        the same, and the server refuses what is asked

Blocks of other languages are answers, and are not run.
"""

import re
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("python", "r", "sh")
REFUSED = "refused"

_BLOCK = re.compile(r"^```(?P<head>\w[^\n]*)\n(?P<code>.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Example:
    """A block: its first line in the guide, and its code."""

    language: str
    line: int
    code: str
    is_refused: bool = False


def examples_of(guide: Path) -> list[Example]:
    """The blocks of a guide, in their order."""
    text = guide.read_text()
    found = []
    for block in _BLOCK.finditer(text):
        language, *words = block["head"].split()
        line = text.count("\n", 0, block.start("code")) + 1
        found.append(Example(language, line, block["code"], REFUSED in words))
    return found


def program(examples: list[Example], language: str) -> str:
    """The blocks of a language as one program, each line at the number that it has in the guide."""
    lines: list[str] = []
    for example in examples:
        if example.language == language:
            lines += [""] * (example.line - 1 - len(lines))
            lines += example.code.splitlines()
    return "\n".join(lines) + "\n"
