"""The process in which Typst makes a PDF, started by `pdf.py` with the path of this file.

It reads one JSON object, bounds itself, and writes one line of JSON, followed by the PDF. It
imports nothing of ours: the template is the only source that Typst sees, the sheet is data.
"""

import json
import os
import resource
import sys
from typing import Any


def main() -> None:
    """Make one PDF by the standards that are asked for."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    asked = json.loads(sys.stdin.buffer.read())
    sys.path.extend(path for path in asked["path"] if path not in sys.path)
    _bound(asked)
    answer, file = _made(asked)
    answers.write(json.dumps(answer).encode("ascii") + b"\n" + file)
    answers.flush()
    os._exit(0)


def _bound(asked: dict[str, Any]) -> None:
    """Limit time, memory and output of this process."""
    for bound, most in (
        (resource.RLIMIT_CPU, asked["seconds"]),
        (resource.RLIMIT_AS, asked["memory"]),
        (resource.RLIMIT_FSIZE, asked["output"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(bound, (most, most))


def _made(asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return the words of Typst, `error` empty where it made the PDF; and the PDF."""
    import typst

    empty = os.getcwd()  # noqa: PTH109 - no file of it is read; `pdf.py` made it for this run
    compiler = typst.Compiler(
        asked["template"].encode(),
        root=empty,
        package_path=empty,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=asked["fonts"]),
        sys_inputs=asked["inputs"],
    )
    try:
        file, told = compiler.compile_with_warnings(
            format="pdf", pdf_standards=asked["standards"], timestamp=asked["made_at"]
        )
    except typst.TypstError as error:
        return {"error": error.message or "nothing", "warnings": []}, b""
    assert isinstance(file, bytes)  # noqa: S101 - it is one PDF
    return {"error": "", "warnings": [warning.message for warning in told]}, file


if __name__ == "__main__":
    main()
