"""The edges: HTTP, gRPC, the REST API and the page."""
