"""How far a checkup is, where it takes long."""

import pytest

from nbdebug.lab import progress_line
from nbdebug.lab.progress_line import PATIENCE, ProgressLine
from nbdebug.records.report import Verdict

CLEAR = Verdict("some", "clear")


class Shown:
    """Stands for the output of a cell."""

    def __init__(self) -> None:
        self.now = 100.0
        self.texts: list[str] = []

    def display(self, said, raw, display_id):
        assert raw
        assert display_id
        self.texts.append(said["text/plain"])
        return self

    def update(self, said, raw):
        assert raw
        self.texts.append(said["text/plain"])


@pytest.fixture
def shown(monkeypatch):
    cell = Shown()
    monkeypatch.setattr(progress_line, "display", cell.display)
    monkeypatch.setattr(progress_line, "monotonic", lambda: cell.now)
    return cell


def test_what_takes_long_says_how_far_it_is_and_gives_way(shown, capsys):
    with ProgressLine() as line:
        line.pulse()
        shown.now += PATIENCE
        line.pulse()
        line.verdict(CLEAR, 9)
        line.pulse()  # too soon after the last
        shown.now += 1
        line.pulse()
        line.give_way("the report")
    assert shown.texts == ["Checking for 2 s …", "Checking for 3 s, 1 of 9 checks …", "the report"]
    assert capsys.readouterr().out == ""


def test_what_is_quick_shows_no_line(shown, capsys):
    with ProgressLine() as line:
        line.verdict(CLEAR, 9)
        line.pulse()
        line.give_way("the report")
    assert shown.texts == []
    assert capsys.readouterr().out == "the report\n"


def test_what_is_interrupted_says_so(shown):
    def checked(line):
        line.verdict(CLEAR, 9)
        shown.now += PATIENCE
        line.pulse()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), ProgressLine() as line:
        checked(line)
    assert shown.texts[-1] == "The checkup ended after 1 of 9 checks."
