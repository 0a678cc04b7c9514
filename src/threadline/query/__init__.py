"""The query language: one written grammar, read once on the server. Pure."""
