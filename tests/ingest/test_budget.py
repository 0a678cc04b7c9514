import pytest

from threadline.errors import Overloaded
from threadline.ingest.budget import REQUEST_BYTES, Budget


def test_what_fits_exactly_is_let_in_and_one_byte_more_is_refused():
    budget = Budget(REQUEST_BYTES + 10)
    with budget.lease() as lease:
        lease.grow(10)
        assert budget.used == REQUEST_BYTES + 10
        with pytest.raises(Overloaded, match="budget_bytes") as caught:
            lease.grow(1)
        assert caught.value.code == "ingest_budget_full"
        assert budget.used == REQUEST_BYTES + 10
    assert budget.used == 0


def test_a_request_costs_something_even_without_a_body():
    budget = Budget(REQUEST_BYTES * 2)
    with budget.lease(), budget.lease(), pytest.raises(Overloaded):
        budget.lease()
    assert budget.used == 0


def test_a_lease_that_was_handed_over_stays_until_its_new_owner_releases_it():
    budget = Budget(10_000)
    with budget.lease() as lease:
        lease.hand_over()
    assert budget.used == REQUEST_BYTES
    lease.release()
    lease.release()
    assert budget.used == 0
