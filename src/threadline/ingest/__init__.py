"""From a request's bytes to a durable commit: decoding, one byte budget, group commit."""
