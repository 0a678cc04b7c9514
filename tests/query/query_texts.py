"""Texts as people and logs may bring them."""

from hypothesis import strategies as st

FRAGMENTS = ["user:", "turns:>", "5", "span:(", ")", "(", "OR", "-", '"', "a", ",", "annotation.q:", "..", " "]
FRAGMENTS += ["said-by:user", "metadata.", "turn:(", "has:", "error", "*", "\\"]
ANY_TEXT = st.text(max_size=60) | st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join)
