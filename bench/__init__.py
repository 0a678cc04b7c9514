"""Measures Threadline against its figures. Run `python -m bench --help` from the repository's root."""
