"""The fold of verdicts: reasons in a table, the clear ones in a fold of its own."""

import pytest

from nbdebug.panels.parts.faults import Faults
from nbdebug.panels.parts.verdicts import Verdicts
from nbdebug.records.report import Report, Verdict


def shown(*verdicts):
    made = Verdicts()
    made.show(Faults().after(Report("m", (), verdicts), all_anew=True))
    return made


def below(made):
    """What stands below the title when it is open: the table and the fold of the clear ones."""
    made.widget.children[0].click()
    _, drawing = made.widget.children[1:]
    return drawing.children


def test_reasons_are_seen_at_once_and_clear_ones_on_a_click():
    clear = Verdict("a_b", "clear"), Verdict("c", "clear")
    made = shown(*clear, Verdict("d", "unfit", "few"), Verdict("e", "broke", "x"))
    assert made.widget.children[0].description == "▸ 4 checks: 2 clear, 1 could not judge, 1 broke"
    table, fold = below(made)
    assert table.rows == [["could not judge: few", "d"], ["broke: x", "e"]]
    (title,) = fold.children
    assert title.description == "▸ 2 checks clear"
    title.click()
    assert [label.value for label in fold.children[1].children] == ["a b, c"]


@pytest.mark.parametrize(("verdict", "hidden"), [(Verdict("a", "clear"), True), (Verdict("a", "unfit", "few"), False)])
def test_a_table_without_rows_is_hidden(verdict, hidden):
    table, _ = below(shown(verdict))
    assert ("nbdebug-hidden" in table._dom_classes) == hidden
