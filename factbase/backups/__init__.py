"""One file that carries everything: rows, history and captured bytes."""
