"""The command line: `threadline serve`, `hello`, `demo`, `version`."""
