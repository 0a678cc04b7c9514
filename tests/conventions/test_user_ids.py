"""Who used the application."""

from itertools import pairwise

import pytest
from made_spans import facts

from threadline.conventions.user_ids import PRECEDENCE


@pytest.mark.parametrize("key", PRECEDENCE)
def test_each_key_names_the_user(key):
    assert (facts({key: " ana "}).user_id, facts({key: " ana "}).user_rank) == ("ana", PRECEDENCE.index(key))


@pytest.mark.parametrize(("stronger", "weaker"), list(pairwise(PRECEDENCE)))
def test_the_stronger_key_wins(stronger, weaker):
    assert facts({weaker: "b", stronger: "a"}).user_id == "a"
    assert facts({weaker: "b", stronger: "None"}).user_id == "b"


def test_user_id_comes_first():
    assert PRECEDENCE[0] == "user.id"


def test_numbers_count_and_too_long_is_absent():
    assert facts({"user.id": 7}).user_id == "7"
    assert facts({"user.id": "x" * 4097}).user_id is None
    assert facts({}).user_id is None
