"""Lists flattened to keys: read in one walk as they are read one prefix at a time."""

from hypothesis import example, given
from hypothesis import strategies as st

from threadline.conventions.openinference.keys import group, lists

WORDS = ("llm", "input_messages", "message", "3", "12", "007", "", "٣", "1234567890123", "a b")
KEYS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(".".join)
ATTRIBUTES = st.dictionaries(KEYS, st.sampled_from(["text", 1, None]))


def test_every_list_by_its_prefix_and_index():
    attributes = {
        "llm.input_messages.1.message.role": "user",
        "llm.input_messages.0.message.role": "system",
        "llm.tools.0": "bare",
        "llm.model_name": "m",
        "llm.input_messages.0.message.content": None,
    }
    assert lists(attributes, 2) == {
        "llm.input_messages.": {1: {"message.role": "user"}, 0: {"message.role": "system"}},
        "llm.tools.": {0: {"": "bare"}},
    }


@given(ATTRIBUTES, st.integers(1, 3))
@example({"llm.input_messages.3.": "text"}, 2)
def test_one_walk_finds_what_each_prefix_finds(attributes, words):
    found = lists(attributes, words)
    prefixes = {".".join(key.split(".")[:words]) + "." for key in attributes if key.count(".") >= words}
    assert found == {prefix: alone for prefix in prefixes if (alone := group(attributes, prefix))}
