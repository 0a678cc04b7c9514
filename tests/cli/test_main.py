import pytest
from typer.testing import CliRunner

import threadline
from threadline.cli import main as module
from threadline.cli.main import application, main
from threadline.errors import NotFound
from threadline.settings import REGISTRY

RUN = CliRunner()


@pytest.mark.parametrize("arguments", [["--version"], ["version"]])
def test_the_version(arguments: list[str]):
    result = RUN.invoke(application, arguments)

    assert (result.exit_code, result.output) == (0, f"threadline {threadline.__version__}\n")


def test_help_names_the_commands():
    result = RUN.invoke(application, ["--help"])

    assert result.exit_code == 0
    assert all(command in result.output for command in ("serve", "hello", "demo", "version"))


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_every_setting_is_a_flag(command: str):
    result = RUN.invoke(application, [command, "--help"], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})

    assert result.exit_code == 0
    assert [setting.flag for setting in REGISTRY if setting.flag not in result.output] == []


def test_a_switch_can_be_turned_off(monkeypatch: pytest.MonkeyPatch):
    seen = []
    monkeypatch.setattr("threadline.cli.serve.run", lambda settings, ready: seen.append(settings.decoding_process))

    for flags in ([], ["--no-decoding-process"], ["--decoding-process"]):
        assert RUN.invoke(application, ["serve", *flags]).exit_code == 0

    assert seen == [True, False, True]


def failing(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> int:
    monkeypatch.setattr("sys.argv", ["threadline", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serve", "--port", "abc"], "--port is 'abc'"),
        (["serve", "--host", "0.0.0.0"], "--insecure"),
        (["serve", "--config", "/nowhere.toml"], "/nowhere.toml cannot be read"),
        (["hello", "--server", "http://127.0.0.1:9"], "Start it with `threadline serve`"),
        (["hello", "--server", "nonsense"], "Nothing answers at nonsense"),
    ],
)
def test_an_error_is_one_sentence_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
):
    assert failing(monkeypatch, arguments) == 1
    errors = capsys.readouterr().err
    assert errors.startswith("threadline: ")
    assert said in errors
    assert len(errors.strip().splitlines()) == 1


def test_a_wrong_flag_is_a_usage_error(monkeypatch: pytest.MonkeyPatch):
    assert failing(monkeypatch, ["serve", "--prot", "1"]) == 2


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch):
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "application", interrupted)
    assert failing(monkeypatch, []) == 130


def test_an_error_that_threadline_knows_ends_with_1(monkeypatch: pytest.MonkeyPatch):
    def failed() -> None:
        raise NotFound("nothing_listens", "nobody is there")

    monkeypatch.setattr(module, "application", failed)
    assert failing(monkeypatch, []) == 1
