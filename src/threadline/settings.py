"""Settings: one registry of typed rows. A flag wins over the environment, that over the file, that over the default.

docs/settings.md is made from the same rows (`python -m threadline.settings > docs/settings.md`).
"""

import ast
import inspect
import os
import re
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from platformdirs import user_data_path

from threadline.errors import InvalidInput
from threadline.model.limits import Limits

__all__ = ["REGISTRY", "Setting", "Settings", "default_data", "document", "load"]

FILE = "threadline.toml"


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `read` turns text or a TOML value into the typed value and raises ValueError with what it takes."""

    name: str
    read: Callable[[Any], Any]
    default: Any
    unit: str
    meaning: str
    group: str

    @property
    def flag(self) -> str:
        """On the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """In the environment."""
        return "THREADLINE_" + self.name.upper()


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting, checked."""

    host: str
    port: int
    grpc_port: int
    otlp_port: int
    insecure: bool
    allowed_hosts: tuple[str, ...]
    data: Path | None
    prices: Path | None
    settle_after_s: float
    decoding_process: bool
    stop_within_s: float
    log_level: str
    limits: Limits
    sources: Mapping[str, str]
    """Where each value that is no default came from: `--port`, `THREADLINE_PORT` or `threadline.toml`."""


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        text = str(value).strip().replace("_", "")
        number = int(text) if re.fullmatch(r"-?\d{1,20}", text, re.ASCII) and not isinstance(value, bool) else None
        if number is None or not least <= number <= most:
            raise ValueError(f"a whole number from {least:,} to {most:,}")
        return number

    return read


UNITS = {"": 1, "b": 1, "k": 2**10, "kib": 2**10, "m": 2**20, "mib": 2**20, "g": 2**30, "gib": 2**30}
UNITS |= {"kb": 10**3, "mb": 10**6, "gb": 10**9}


def _bytes(value: Any) -> int:
    match = re.fullmatch(r"(\d{1,15})\s*([a-z]*)", str(value).strip().replace("_", "").lower(), re.ASCII)
    number = int(match[1]) * UNITS.get(match[2], 0) if match else 0
    if number < 1 or isinstance(value, bool):
        raise ValueError("a number of bytes, such as 1048576, 64MiB or 2GB")
    return number


def _seconds(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, bool) or not 0 <= number <= 10**9:
        raise ValueError("a number of seconds, such as 0.5 or 300")
    return number


def _yes_or_no(value: Any) -> bool:
    text = str(value).strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise ValueError("true or false")


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("some text")
    return value.strip()


def _path(value: Any) -> Path | None:
    if isinstance(value, Path):
        return value.expanduser()
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a path")
    return Path(value).expanduser()


def _names(value: Any) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, str) for part in parts):
        raise ValueError("names separated by commas (in TOML: a list of strings)")
    return tuple(part.strip() for part in parts if part.strip())


LEVELS = ("debug", "info", "warning", "error")


def _level(value: Any) -> str:
    text = str(value).strip().lower()
    if text not in LEVELS:
        raise ValueError("one of " + ", ".join(LEVELS))
    return text


ADDRESSES, STORAGE, OPERATION, LIMITS = "Addresses", "Storage", "Operation", "Limits"
_port = _whole(0, 65_535)

SERVER_ROWS: tuple[Setting, ...] = (
    Setting(
        name="host",
        read=_text,
        default="127.0.0.1",
        unit="name or address",
        group=ADDRESSES,
        meaning="Where to listen. Anything but this machine itself needs --insecure until sign-in exists.",
    ),
    Setting(
        name="port",
        read=_port,
        default=6006,
        unit="port",
        group=ADDRESSES,
        meaning="The page, the REST API and OTLP over HTTP. 0 takes any free port.",
    ),
    Setting(
        name="otlp_port",
        read=_port,
        default=4318,
        unit="port, 0 is off",
        group=ADDRESSES,
        meaning="OTLP over HTTP where OpenTelemetry expects it. Taken and not asked for: the server starts without.",
    ),
    Setting(
        name="grpc_port",
        read=_port,
        default=4317,
        unit="port, 0 is off",
        group=ADDRESSES,
        meaning="OTLP over gRPC. Taken and not asked for: the server starts without.",
    ),
    Setting(
        name="insecure",
        read=_yes_or_no,
        default=False,
        unit="true or false",
        group=ADDRESSES,
        meaning="Listen beyond this machine although anyone who reaches the port can read and delete everything.",
    ),
    Setting(
        name="allowed_hosts",
        read=_names,
        default=(),
        unit="names, comma-separated",
        group=ADDRESSES,
        meaning="Names besides localhost that a browser may use for this server, as when a proxy stands before it.",
    ),
    Setting(
        name="data",
        read=_path,
        default=None,
        unit="path",
        group=STORAGE,
        meaning="The database file. Default: threadline.db in the user's data directory.",
    ),
    Setting(
        name="settle_after_s",
        read=_seconds,
        default=600.0,
        unit="seconds",
        group=STORAGE,
        meaning="A session without new spans for so long is packed: history that its turns repeat is kept once.",
    ),
    Setting(
        name="prices",
        read=_path,
        default=None,
        unit="path",
        group=OPERATION,
        meaning="A price table that goes before the built-in one, in the same JSON form.",
    ),
    Setting(
        name="decoding_process",
        read=_yes_or_no,
        default=True,
        unit="true or false",
        group=OPERATION,
        meaning="One more process decodes requests while the load is high; it ends when the load does.",
    ),
    Setting(
        name="stop_within_s",
        read=_seconds,
        default=10.0,
        unit="seconds",
        group=OPERATION,
        meaning="How long running requests may take to finish when the server stops.",
    ),
    Setting(
        name="log_level",
        read=_level,
        default="info",
        unit=", ".join(LEVELS),
        group=OPERATION,
        meaning="What is written to standard error.",
    ),
)


@cache
def _limit_meanings() -> Mapping[str, str]:
    """A limit's meaning stands in one place, under its field."""
    body = next(
        node
        for node in ast.parse(inspect.getsource(sys.modules[Limits.__module__])).body
        if isinstance(node, ast.ClassDef)
    ).body
    found: dict[str, str] = {}
    for field, after in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(field.target)] = inspect.cleandoc(str(after.value.value)).replace("\n", " ")
    return found


def _limit(name: str, default: int) -> Setting:
    in_bytes = "bytes" in name.split("_")
    noun = name.removesuffix("_max").replace("_", " ").capitalize()
    return Setting(
        name=name,
        read=_bytes if in_bytes else _whole(1, 2**31),
        default=default,
        unit="bytes" if in_bytes else "count",
        group=LIMITS,
        meaning=_limit_meanings().get(name) or f"{noun}, at most.",
    )


LIMIT_ROWS: tuple[Setting, ...] = tuple(_limit(field.name, field.default) for field in msgspec.structs.fields(Limits))

REGISTRY: tuple[Setting, ...] = SERVER_ROWS + LIMIT_ROWS
"""Every setting there is."""


def default_data() -> Path:
    """The database file in the platform's user data directory."""
    return user_data_path("threadline", appauthor=False) / "threadline.db"


def load(
    flags: Mapping[str, Any],
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """All settings. `flags` maps names to values, None where a flag was not given.

    `file` defaults to threadline.toml in the working directory, which may be absent. Raises InvalidInput
    `invalid_setting` that names the source, the value and what it takes.
    """
    environment = os.environ if environment is None else environment
    from_file = _from_file(file)
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for setting in REGISTRY:
        given = _given(setting, flags, environment, from_file)
        if given is None:
            values[setting.name] = setting.default
            continue
        source, value = given
        values[setting.name] = _checked(setting, source, value)
        sources[setting.name] = source
    limits = Limits(**{row.name: values.pop(row.name) for row in LIMIT_ROWS})
    return Settings(**values, limits=limits, sources=sources)


def _given(
    setting: Setting, flags: Mapping[str, Any], environment: Mapping[str, str], from_file: Mapping[str, Any]
) -> tuple[str, Any] | None:
    if flags.get(setting.name) is not None:
        return setting.flag, flags[setting.name]
    if environment.get(setting.variable):
        return setting.variable, environment[setting.variable]
    if setting.name in from_file:
        return FILE, from_file[setting.name]
    return None


def _checked(setting: Setting, source: str, value: Any) -> Any:
    try:
        return setting.read(value)
    except ValueError as wrong:
        place = f"`{setting.name}` in {FILE}" if source == FILE else source
        shown = str(value) if len(str(value)) <= 80 else str(value)[:79] + "…"
        raise InvalidInput("invalid_setting", f"{place} is {shown!r}, but takes {wrong}.") from None


def _from_file(file: Path | None) -> Mapping[str, Any]:
    path = Path(FILE) if file is None else file
    if file is None and not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise InvalidInput("invalid_setting", f"{path} cannot be read: {wrong}.") from None
    known = [setting.name for setting in REGISTRY]
    for name in found:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f" Did you mean `{near[0]}`?" if near else " docs/settings.md lists all."
            raise InvalidInput("invalid_setting", f"{path} has `{name}`, which is no setting.{hint}")
    return found


def document(registry: Sequence[Setting] = REGISTRY) -> str:
    """docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "Made from `threadline.settings`; do not edit by hand.",
        "",
        "A flag of `threadline serve` wins over the environment, that over `threadline.toml` in the working",
        "directory, that over the default. In `threadline.toml` a setting has the name of its heading here.",
        "Bytes may carry a unit: `64MiB`, `2GB`.",
    ]
    group = ""
    for setting in registry:
        if setting.group != group:
            group = setting.group
            lines += ["", f"## {group}"]
        lines += ["", f"### `{setting.name}`", "", setting.meaning, "", "| | |", "|---|---|"]
        lines += [f"| flag | `{setting.flag}` |", f"| environment | `{setting.variable}` |"]
        lines += [f"| takes | {setting.unit} |", f"| default | {_shown(setting.default)} |"]
    return "\n".join([*lines, ""])


def _shown(default: Any) -> str:
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if default is None or default == ():
        return "none"
    if isinstance(default, (int, float)):
        return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"
    return f"`{default}`"


if __name__ == "__main__":
    sys.stdout.write(document())
