from pathlib import Path

import msgspec
import pytest

from source_facts import ROOT
from threadline.errors import InvalidInput
from threadline.model.limits import Limits
from threadline.settings import LIMIT_ROWS, REGISTRY, Settings, document, load

NOTHING: dict[str, str] = {}


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, text: str) -> Path:
    path = folder / "threadline.toml"
    path.write_text(text, "utf-8")
    return path


def test_defaults():
    settings = load({}, NOTHING)

    assert (settings.host, settings.port, settings.otlp_port, settings.grpc_port) == ("127.0.0.1", 6006, 4318, 4317)
    assert settings.limits == Limits()
    assert settings.sources == {}


def test_a_flag_wins_over_the_environment_over_the_file_over_the_default(empty_folder: Path):
    written(empty_folder, "port = 1\nhost = 'file'\nlog_level = 'error'")

    settings = load({"port": "3", "host": None}, {"THREADLINE_PORT": "2", "THREADLINE_HOST": "environment"})

    assert (settings.port, settings.host, settings.log_level, settings.grpc_port) == (3, "environment", "error", 4317)
    assert settings.sources == {"port": "--port", "host": "THREADLINE_HOST", "log_level": "threadline.toml"}


def test_every_limit_is_a_setting_with_its_default():
    assert [row.name for row in LIMIT_ROWS] == list(Limits.__struct_fields__)
    for row in LIMIT_ROWS:
        changed = load({row.name: "7"}, NOTHING).limits
        assert getattr(changed, row.name) == 7
        assert msgspec.structs.replace(changed, **{row.name: row.default}) == Limits()


def test_every_setting_of_the_registry_reaches_the_settings():
    fields = set(Settings.__struct_fields__) | set(Limits.__struct_fields__)

    assert {row.name for row in REGISTRY} == fields - {"limits", "sources"}
    assert all(row.meaning.endswith(".") for row in REGISTRY)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("port", "65535", 65535),
        ("port", 0, 0),
        ("insecure", "yes", True),
        ("insecure", False, False),
        ("allowed_hosts", "a, b,", ("a", "b")),
        ("allowed_hosts", ["a", "b"], ("a", "b")),
        ("settle_after_s", "0.5", 0.5),
        ("log_level", "DEBUG", "debug"),
        ("data", "x/y.db", Path("x/y.db")),
    ],
)
def test_values_are_read(name: str, text: object, value: object):
    assert getattr(load({name: text}, NOTHING), name) == value


@pytest.mark.parametrize(
    ("text", "number"), [("64MiB", 64 * 2**20), ("1_000", 1000), ("2 GB", 2 * 10**9), (5, 5), ("1k", 1024)]
)
def test_bytes_may_carry_a_unit(text: object, number: int):
    assert load({"body_bytes_max": text}, NOTHING).limits.body_bytes_max == number


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "abc"),
        ("port", "65536"),
        ("port", "-1"),
        ("port", "1.5"),
        ("port", True),
        ("port", "٣"),
        ("host", " "),
        ("insecure", "maybe"),
        ("body_bytes_max", "0"),
        ("body_bytes_max", "64 furlongs"),
        ("settle_after_s", "soon"),
        ("settle_after_s", "nan"),
        ("log_level", "loud"),
        ("spans_per_request_max", "0"),
        ("allowed_hosts", 5),
    ],
)
def test_a_wrong_value_is_refused_with_its_source(empty_folder: Path, name: str, text: object):
    with pytest.raises(InvalidInput, match="--" + name.replace("_", "-")) as refused:
        load({name: text}, NOTHING)
    assert refused.value.code == "invalid_setting"
    if isinstance(text, str) and text.strip():
        with pytest.raises(InvalidInput, match="THREADLINE_" + name.upper()):
            load({}, {"THREADLINE_" + name.upper(): text})
        written(empty_folder, f"{name} = '{text}'")
        with pytest.raises(InvalidInput, match=f"`{name}` in threadline.toml"):
            load({}, NOTHING)


def test_an_unknown_name_in_the_file_is_refused_with_a_guess(empty_folder: Path):
    written(empty_folder, "prot = 1")

    with pytest.raises(InvalidInput, match=r"`prot`, which is no setting\. Did you mean `port`"):
        load({}, NOTHING)


def test_a_file_that_cannot_be_read(empty_folder: Path):
    written(empty_folder, "port = ")
    with pytest.raises(InvalidInput, match=r"threadline\.toml cannot be read"):
        load({}, NOTHING)
    with pytest.raises(InvalidInput, match="other"):
        load({}, NOTHING, empty_folder / "other")


def test_the_docs_page_is_current():
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")

    assert page == document(), "run: python -m threadline.settings > docs/settings.md"
