"""Search: words of texts as they are stored, and what people type read into terms."""
