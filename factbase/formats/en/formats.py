"""Dates of the desk, in order of size and the same for every reader. Source: ISO 8601."""

DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = r"Y-m-d H:i \U\T\C"
