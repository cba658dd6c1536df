"""Topic dictionaries of series at the desk: edited, imported, exported and compared."""
