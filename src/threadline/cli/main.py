"""`threadline`: its commands, and how their errors end. What a command needs is imported when it runs."""

import sys

import typer

import threadline
from threadline.cli.demo import demo
from threadline.cli.hello import hello
from threadline.cli.serve import serve, with_settings
from threadline.cli.sessions import sessions
from threadline.errors import ThreadlineError

__all__ = ["application", "main"]

application = typer.Typer(
    name="threadline",
    help="See what happened in every conversation of your LLM application.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
application.command("serve")(with_settings(serve))
application.command("hello")(hello)
application.command("demo")(with_settings(demo))
application.command("sessions")(sessions)


@application.command("version")
def version() -> None:
    """Print the version."""
    typer.echo(f"threadline {threadline.__version__}")


def _print_version(wanted: bool) -> None:  # noqa: FBT001  Typer calls it so
    if wanted:
        version()
        raise typer.Exit


@application.callback()
def _root(
    _: bool = typer.Option(  # noqa: FBT001  Typer calls it so
        False, "--version", help="Print the version.", callback=_print_version, is_eager=True
    ),
) -> None:
    """See what happened in every conversation of your LLM application."""


def main() -> None:
    """The entry point: an error that Threadline knows is one sentence on standard error, exit code 1."""
    try:
        application()
    except ThreadlineError as error:
        typer.secho(f"threadline: {error.message}", err=True, fg="red")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
