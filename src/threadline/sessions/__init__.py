"""Sessions: pure folds from spans to traces, turns, sessions and transcripts. No I/O, no clock."""
