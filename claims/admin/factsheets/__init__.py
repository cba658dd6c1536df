"""Fact sheets at the desk: written and issued, or made on the spot of claims."""
