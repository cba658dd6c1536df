"""The process in which a text is extracted, started by `process.py` with the path of this file.

It reads one line of JSON and then the bytes of the file, bounds itself, and writes one JSON object.
It imports no Django and only the reader that the kind of file needs.
"""

import importlib
import json
import os
import resource
import sys
from typing import Any

_MARGIN = 2  # seconds of grace between the signal that a process can hear and the one it cannot


def main() -> None:
    """Extract one text, and answer with it or with the reason why there is none."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    sys.path.extend(path for path in asked["path"] if path not in sys.path)
    _bound(asked)
    answers.write(json.dumps(_answer(asked, data), ensure_ascii=False).encode())
    answers.flush()
    # Without the closing of libraries: a file that broke one of them could break that as well.
    os._exit(0)


def _bound(asked: dict[str, Any]) -> None:
    os.nice(10)  # the server goes first
    cpu = asked["cpu_seconds"]
    bounds = [
        (resource.RLIMIT_CPU, cpu, cpu + _MARGIN),
        (resource.RLIMIT_AS, asked["memory"], asked["memory"]),
        (resource.RLIMIT_FSIZE, asked["output"], asked["output"]),
        (resource.RLIMIT_NOFILE, 64, 64),
        (resource.RLIMIT_CORE, 0, 0),
    ]
    if not asked["starts_programs"]:
        bounds.append((resource.RLIMIT_NPROC, 0, 0))
    for bound, soft, hard in bounds:
        resource.setrlimit(bound, (soft, hard))


def _answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        from sources.extraction.layer import as_answer
        from sources.extraction.reader_types import Content, File, Unreadable, too_long

        file = File(
            data, asked["name"], asked["media_type"], asked["characters"], asked["language"]
        )
        try:
            module, _colon, function = asked["reader"].partition(":")
            read = getattr(importlib.import_module(f"sources.extraction.{module}"), function)
            content: Content = read(file)
            if len(content.text) > file.characters:
                raise too_long(file)
            return as_answer(content)
        except Unreadable as refused:
            return {"refused": refused.code, "message": refused.message}
    except MemoryError:
        return {"broke": "memory"}
    except RecursionError:
        return {"broke": "depth"}
    except Exception as error:  # whatever a hostile file raises is its failure
        return {"broke": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    main()
