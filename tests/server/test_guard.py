import pytest
from live import Live

from threadline.errors import Forbidden
from threadline.server.guard import Guard, is_loopback

LOCAL = Guard(loopback=True, allowed_hosts=())


def scope(method: str, **headers: str) -> dict[str, object]:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"method": method, "headers": pairs}


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:6006", "127.0.0.1:6006", "[::1]:6006", "LOCALHOST.", "a.localhost"]
)
def test_this_machines_own_names_are_answered(host: str):
    LOCAL.check(scope("GET", host=host))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:6006", "", "127.0.0.1.evil.example", "10.0.0.1"])
def test_another_name_on_loopback_is_refused(host: str):
    with pytest.raises(Forbidden) as refused:
        LOCAL.check(scope("GET", host=host))
    assert refused.value.code == "host_not_allowed"


def test_a_name_can_be_allowed():
    Guard(loopback=True, allowed_hosts=("Threads.example",)).check(scope("GET", host="threads.example:80"))


def test_beyond_loopback_any_name_is_answered_unless_names_are_listed():
    Guard(loopback=False, allowed_hosts=()).check(scope("GET", host="10.0.0.1:6006"))
    with pytest.raises(Forbidden):
        Guard(loopback=False, allowed_hosts=("threads.example",)).check(scope("GET", host="other.example"))


def test_an_exporter_may_call_the_machine_as_it_likes():
    LOCAL.check(scope("POST", host="host.docker.internal:4318"))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site", "origin": "http://localhost:3000"},
        {"origin": "http://localhost:3000"},
    ],
)
def test_a_page_of_another_site_may_not_write(headers: dict[str, str]):
    with pytest.raises(Forbidden) as refused:
        LOCAL.check(scope("POST", host="localhost:6006", **headers))
    assert refused.value.code == "cross_site_write"


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://localhost:6006"}, {"sec_fetch_site": "same-origin", "origin": "http://localhost:6006"}, {}],
)
def test_the_own_page_and_programs_may_write(headers: dict[str, str]):
    LOCAL.check(scope("POST", host="localhost:6006", **headers))


def test_a_rebound_page_may_not_write_even_though_it_is_its_own_origin():
    with pytest.raises(Forbidden) as refused:
        LOCAL.check(scope("POST", host="evil.example:6006", origin="http://evil.example:6006"))
    assert refused.value.code == "host_not_allowed"


def test_over_http(live: Live):
    assert live.problem("GET", "/v1/projects", headers={"host": "evil.example"}) == (403, "host_not_allowed")
    assert live.problem("GET", "/", headers={"host": "evil.example"}) == (403, "host_not_allowed")
    foreign = {"origin": "http://evil.example", "content-type": "application/x-protobuf"}
    assert live.problem("POST", "/v1/traces", content=b"", headers=foreign) == (403, "cross_site_write")
    assert any(one["status"] == 403 for one in live.get("/v1/arrivals")["data"])


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("0.0.0.0", False), ("::", False), ("x", False)],
)
def test_what_is_loopback(host: str, local: object):
    assert is_loopback(host) is local
