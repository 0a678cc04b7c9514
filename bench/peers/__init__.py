"""Other servers that show sessions, measured by the same means."""
