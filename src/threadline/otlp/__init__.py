"""Wire formats of OTLP, pure: bytes in, spans out, and back."""
