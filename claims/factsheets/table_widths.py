"""The widths of the columns of a sheet's tables on paper, by class, as parts of the line.

A browser finds its own; HTML would carry widths in attributes that a strict policy refuses.
"""

WIDTHS: dict[str, list[float]] = {
    "glance": [0.08, 0.22, 0.33, 0.14, 0.14, 0.09],
    "alike-named": [0.08, 0.25, 0.22, 0.17, 0.28],
    "alike": [0.25, 0.22, 0.18, 0.35],
}
