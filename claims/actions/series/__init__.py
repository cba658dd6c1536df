"""Keeping the topic dictionaries of series, and counting by them."""
