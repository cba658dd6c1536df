"""Backup and restore: one file with all rows, their history and the captured bytes."""
