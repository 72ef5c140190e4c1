"""argparse speaks Chinese whatever language the system has, from a catalogue that is up to date."""

from __future__ import annotations

import gettext
import os

import pytest

from kemu.cli import main
from kemu.cli.parser import LOCALE


@pytest.mark.parametrize("language", ["en_US.UTF-8", "C", "de:fr", None])
def test_the_language_of_the_system_does_not_matter(
    language: str | None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
        if language:
            monkeypatch.setenv(name, language)
    assert main(["check", "a.txt", "--format", "pdf"]) == 2
    assert "--format 不能是 'pdf'" in capfd.readouterr().err
    with pytest.raises(SystemExit):
        main(["serve", "-h"])
    help_ = capfd.readouterr().out
    assert help_.startswith("用法：kemu serve")
    assert "显示帮助" in help_
    assert os.environ.get("LANGUAGE") == language
    assert gettext.textdomain() == "messages"


def test_the_catalogue_is_compiled_from_its_source() -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    with (LOCALE / "zh" / "LC_MESSAGES" / "kemu.po").open("rb") as file:
        source = {message.id: message.string for message in pofile.read_po(file) if message.id}
    compiled = gettext.translation("kemu", str(LOCALE), ["zh"])
    assert len(source) > 10
    for words, chinese in source.items():
        if isinstance(words, tuple):
            assert compiled.ngettext(*words, 2) == chinese[0]
        else:
            assert compiled.gettext(words) == chinese, "run `make docs`"
