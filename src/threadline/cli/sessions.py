"""`threadline sessions`: the sessions of a project that a query finds, as a table or as JSON."""

import inspect
import json
import re
import time
from collections.abc import Sequence
from typing import Annotated, Any, get_type_hints
from urllib.parse import quote

import msgspec
import typer

from threadline.cli.hello import SERVER
from threadline.errors import InvalidInput, NotFound

__all__ = ["Asked", "sessions"]

_AGO = re.compile(r"(\d{1,6})([mhdw])")
_SECONDS = {"m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400}
_COLUMNS = ("Session", "Last activity", "Turns", "Errors", "Duration", "Tokens", "Cost", "Said")
_BY_WEIGHT = (1, 3, 2, 6, 5, 4)
"""Which of the columns between id and words stay longest where there is little room."""
_ID_CHARACTERS = 36
"""A UUID is printed whole."""
_SAID_CHARACTERS = 20
"""The words have at least so much room before a figure has any."""
_GAP = 2
_SHOWN_CHARACTERS = 60
"""Of a query, around the place of its error."""


class Asked(msgspec.Struct, frozen=True):
    """The command's argument and its flags."""

    query: Annotated[str, typer.Argument(help="What to find. Write -- before one that begins with -.")] = ""
    project: Annotated[str, typer.Option("--project", help="The project to look in.")] = "default"
    since: Annotated[str, typer.Option("--since", help="Active since then: a time, or 30m, 24h, 7d, 2w ago.")] = ""
    until: Annotated[str, typer.Option("--until", help="Begun before then, as --since.")] = ""
    sort: Annotated[str, typer.Option("--sort", help="A field of the API, with - for descending.")] = "-last_activity"
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")] = 20
    as_json: Annotated[bool, typer.Option("--json", help="Print what the API answers.")] = False
    url: Annotated[str, typer.Option("--url", "--server", help="Where Threadline listens.")] = SERVER


def sessions(**given: Any) -> None:
    """Find sessions on a running server, by the query language of the page and the API."""
    asked = Asked(**given)
    address = asked.url.rstrip("/")
    place = f"{quote(asked.project, safe='')}/sessions"
    parameters = {
        "q": asked.query,
        "since": _moment(asked.since),
        "until": _moment(asked.until),
        "sort": asked.sort,
        "limit": str(asked.limit),
    }
    body = _get(address, f"/v1/projects/{place}", {name: value for name, value in parameters.items() if value})
    if asked.as_json:
        typer.echo(json.dumps(body, indent=2, ensure_ascii=False))
    else:
        _print(body, f"{address}/p/{place}/")


def _signature() -> inspect.Signature:
    """What Typer reads: one parameter for each field of `Asked`."""
    kinds = get_type_hints(Asked, include_extras=True)
    defaults = {field.name: field.default for field in msgspec.structs.fields(Asked)}
    return inspect.Signature(
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=defaults[name], annotation=kind)
            for name, kind in kinds.items()
        ]
    )


sessions.__signature__ = _signature()  # type: ignore[attr-defined]  # `inspect` reads it of any function
sessions.__annotations__ = get_type_hints(Asked, include_extras=True)


def _moment(written: str) -> str:
    """A time as the API takes it: `7d` is seven days ago."""
    ago = _AGO.fullmatch(written)
    if ago is None:
        return written
    then = time.gmtime(time.time() - int(ago[1]) * _SECONDS[ago[2]])
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", then)


def _get(address: str, path: str, parameters: dict[str, str]) -> dict[str, Any]:
    import httpx  # noqa: PLC0415, other commands ask no server

    try:
        answer = httpx.get(address + path, params=parameters, timeout=30)
        body = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL) as wrong:
        raise NotFound(
            "nothing_listens", f"Nothing answers at {address} ({wrong}). Start it with `threadline serve`."
        ) from None
    except ValueError:
        raise NotFound("nothing_listens", f"What answers at {address} is not Threadline.") from None
    if answer.status_code == 200 and isinstance(body, dict) and "data" in body:
        return body
    if not isinstance(body, dict) or "code" not in body:
        raise NotFound("nothing_listens", f"What answers at {address} is not Threadline (HTTP {answer.status_code}).")
    place = _place(parameters.get("q", ""), body["column"]) if isinstance(body.get("column"), int) else ""
    raise InvalidInput(str(body["code"]), str(body.get("detail", "")) + place)


def _place(query: str, column: int) -> str:
    """The query with a caret under the place, in two lines."""
    from rich.cells import cell_len  # noqa: PLC0415, only a wrong query needs it

    shown = re.sub(r"\s", " ", query)
    start = max(0, min(column - 1 - _SHOWN_CHARACTERS // 2, len(shown) - _SHOWN_CHARACTERS))
    before = shown[start : column - 1]
    return f"\n  {shown[start : start + _SHOWN_CHARACTERS]}\n  {' ' * cell_len(before)}^"


def _print(body: dict[str, Any], link: str) -> None:
    from rich.cells import cell_len  # noqa: PLC0415, other commands draw no table
    from rich.console import Console  # noqa: PLC0415, as above
    from rich.table import Table  # noqa: PLC0415, as above
    from rich.text import Text  # noqa: PLC0415, as above

    out = Console(highlight=False)
    if not body["data"]:
        out.print("No session matches.")
        return
    rows = []
    for row in body["data"]:
        session = Text(_line(row["session_id"]), style=f"link {link}{row['id']}")
        errors = Text(str(row["error_count"]), style="red" if row["error_count"] else "dim")
        figures = (str(row["turn_count"]), errors, *_figures(row))
        rows.append([session, _time(row["last_activity"]), *figures, _said(row)])
    widths = [
        min(_ID_CHARACTERS, max(len(name), *(cell_len(str(row[place])) for row in rows)))
        for place, name in enumerate(_COLUMNS)
    ]
    shown = _fitting(widths, out.width)
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    for place in shown:
        last = place == len(_COLUMNS) - 1
        table.add_column(
            _COLUMNS[place],
            justify="left" if place in {0, 1} or last else "right",
            no_wrap=True,
            min_width=None if last else widths[place],
            max_width=None if last else widths[place],
            ratio=1 if last else None,
        )
    for row in rows:
        table.add_row(*(row[place] for place in shown))
    out.print(table)
    if body.get("next_cursor"):
        out.print("There are more: raise --limit or narrow the query.", style="dim")


def _fitting(widths: Sequence[int], width: int) -> list[int]:
    """Which columns have room, in their order. The id, which opens the session, and the words are always there."""
    shown = {0, len(widths) - 1}
    room = width - widths[0] - _SAID_CHARACTERS - _GAP
    for place in _BY_WEIGHT:
        room -= widths[place] + _GAP
        if room < 0:
            break
        shown.add(place)
    return sorted(shown)


def _figures(row: dict[str, Any]) -> tuple[str, str, str]:
    cost = row["cost_usd"]
    known = "" if cost is None else f"${cost:,.4f}" + ("" if row["cost_complete"] else "+")
    return _duration(row["duration_ms"]), f"{row['total_tokens']:,}", known


def _said(row: dict[str, Any]) -> Any:
    """Where the query's text stands, marked; else the session's first words."""
    from rich.text import Text  # noqa: PLC0415, other commands draw no table

    if row.get("hits"):
        found = row["hits"]["first"]
    elif row.get("matched"):
        found = row["matched"][0] | {"text": row["matched"][0]["value"]}
    else:
        return Text(_line(row["first_input"] or ""))
    said = Text(_line(found["text"]))
    for start, end in found["ranges"]:
        said.stylize("bold reverse", start, end)
    return said


def _line(text: str) -> str:
    """As many code points, none of which breaks the line or steers the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _time(written: str | None) -> str:
    return "" if written is None else written[:16].replace("T", " ")


def _duration(duration_ms: float | None) -> str:
    if duration_ms is None:
        return ""
    seconds = duration_ms / 1000
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s"
