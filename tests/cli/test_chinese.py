"""argparse speaks Chinese whatever language the system has, from a catalogue that is up to date."""

from __future__ import annotations

import gettext
import os

import pytest

from kemu.cli import main
from tests.cli.shown import ROOT


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


@pytest.mark.skipif(not (ROOT / "scripts").is_dir(), reason="scripts/ is in no distribution")
def test_the_catalogue_is_compiled_from_its_source() -> None:
    pytest.importorskip("babel")
    from scripts.make_locale import FOLDER, compiled

    assert (FOLDER / "kemu.mo").read_bytes() == compiled(), "run `make docs`"
