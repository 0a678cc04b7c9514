"""One module a scenario: `measure(bench) -> list[Figure]`."""
