"""One file per resource: thin handlers between the address and the store."""
