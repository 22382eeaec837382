"""What becomes of a finding when it is looked for again."""

import pytest

from nbdebug.panels.parts.book import Book
from nbdebug.panels.parts.fault_words import headline, verdict_rows, verdict_title
from nbdebug.panels.parts.faults import Entry, Faults, counts
from nbdebug.panels.parts.finding_card import measured_text
from nbdebug.records.finding import Finding
from nbdebug.records.report import Report, Verdict


def finding(check, severity="error", layer=None, symptoms=(), **more):
    return Finding(check, "loss", severity, f"{check} is wrong", "mend()", layer=layer, symptoms=symptoms, **more)


def report(*findings, **kinds):
    found = {f.check for f in findings} | {s.check for f in findings for s in f.symptoms}
    verdicts = [Verdict(check, "found") for check in found]
    return Report("m", tuple(findings), (*verdicts, *(Verdict(c, k, f"{c} lacks data") for c, k in kinds.items())))


def states(faults):
    return [(e.finding.check, "mended" if e.mended else e.unsure or "open") for e in faults.entries]


@pytest.fixture
def two():
    return Faults().after(report(finding("a"), finding("b", "warning"), c="clear"), all_anew=True)


def test_what_is_no_longer_found_is_mended_in_its_place(two):
    assert states(two.after(report(a="clear"), all_anew=False)) == [("a", "mended"), ("b", "open")]


def test_what_is_still_found_stays_open_with_the_new_words(two):
    again = two.after(report(finding("a", layer=None, measured=3.0)), all_anew=False)
    assert states(again) == [("a", "open"), ("b", "open")]
    assert again.entries[0].finding.measured == 3.0


def test_a_mended_one_that_is_found_again_opens_again(two):
    mended = two.after(report(a="clear"), all_anew=False)
    assert states(mended.after(report(finding("a")), all_anew=False))[0] == ("a", "open")


def test_a_check_that_cannot_judge_leaves_it_open_and_says_so(two):
    again = two.after(report(a="unfit"), all_anew=False)
    assert states(again)[0] == ("a", "the check could not judge: a lacks data")


def test_a_full_checkup_ranks_anew_and_keeps_what_it_closed(two):
    again = two.after(report(finding("d"), b="clear", a="clear"), all_anew=True)
    assert states(again) == [("d", "open"), ("a", "mended"), ("b", "mended")]


def test_a_symptom_whose_cause_is_mended_comes_before_what_is_less_severe():
    first = Faults().after(report(finding("a", symptoms=(finding("s"),)), finding("n", "note")), all_anew=True)
    assert states(first) == [("a", "open"), ("n", "open")]
    assert states(first.after(report(finding("s"), a="clear"), all_anew=False)) == [
        ("a", "mended"), ("s", "open"), ("n", "open"),
    ]  # fmt: skip


def test_a_finding_that_became_a_symptom_is_no_card_of_its_own(two):
    again = two.after(report(finding("a", symptoms=(finding("b", "warning"),))), all_anew=True)
    assert states(again) == [("a", "open")]


def test_one_that_is_dismissed_is_not_counted(two):
    book = Book()
    book.faults = two
    book.put_away(two.entries[0].finding)
    shown, dismissed = book.faults.split(book.dismissed)
    assert counts(shown) == "1 warning"
    assert [entry.finding.check for entry in dismissed] == ["a"]
    book.put_away(two.entries[0].finding)
    assert counts(book.faults.split(book.dismissed)[0]) == "1 error 1 warning"


def test_a_mended_one_leaves_when_it_is_put_away(two):
    book = Book()
    book.faults = two.after(report(a="clear"), all_anew=False)
    book.put_away(book.faults.entries[0].finding)
    assert states(book.faults) == [("b", "open")]
    assert book.dismissed == set()


def test_a_session_that_replaces_another_sees_its_findings_close(two):
    old, new = Book(), Book()
    old.faults = two
    new.carry_on(old)
    assert new.faults.split(())[0] == ()
    new.enter(report(finding("b", "warning", layer="dense_7"), a="clear"), "state", all_anew=True, fit={})
    assert states(new.faults) == [("b", "open"), ("a", "mended")]


def test_the_book_tells_and_remembers():
    book, told = Book(), []
    stop = book.observe(lambda: told.append(book.state))
    book.enter(report(finding("a")), "one", all_anew=True, fit={"epochs": 3})
    book.enter(report(a="clear"), "two", all_anew=False, fit={})
    stop()
    book.enter(report(a="clear"), "three", all_anew=True, fit={})
    assert told == ["one", "one"]


def test_the_words():
    clear = Faults().after(report(a="clear", b="clear", c="unfit", d="broke"), all_anew=True)
    assert headline((), (), clear) == (
        "no fault found (2 checks clear, 1 could not judge, 1 broke: c lacks data and 1 more reason)"
    )
    assert verdict_title(clear) == "4 checks: 2 clear, 1 could not judge, 1 broke"
    assert verdict_rows(clear) == [["could not judge: c lacks data", "c"], ["broke: d lacks data", "d"]]
    entries = (Entry(finding("a")), Entry(finding("b"), mended=True))
    assert headline(entries, (), clear) == "1 error."
    assert headline(entries[1:], (), clear).startswith("no more fault found")
    assert headline((), entries[:1], clear).startswith("no other fault found")


def test_numbers_and_limits_can_be_told_apart():
    assert measured_text(finding("a", measured=3130.4, threshold=100, measured_in="size")) == "size: 3,130, limit 100"
    assert measured_text(finding("a", measured=1.0, threshold=0.995)) == "measured: 1, limit 0.995"
    assert measured_text(finding("a", measured=float("nan"))) == "measured: not a number"
    assert measured_text(finding("a")) == ""
