"""The public pages: what everybody may read, the same for everybody."""
