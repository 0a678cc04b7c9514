"""The command line: `threadline serve`, `hello`, `demo`, `sessions`, `version`."""
