"""OpenInference, https://github.com/Arize-ai/openinference, `spec/` and semantic conventions 0.1.42."""

from threadline.conventions.openinference.plan import claims, plan
from threadline.conventions.openinference.reading import read
from threadline.conventions.openinference.span_messages import read_messages

__all__ = ["claims", "plan", "read", "read_messages"]
