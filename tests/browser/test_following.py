"""The sidebar follows the notebook that is worked in, through reloads and in Notebook 7."""

from __future__ import annotations

from browser.lab import MODEL, Lab
from playwright.sync_api import expect


def test_opening_leaves_the_focus_in_the_notebook(lab: Lab) -> None:
    lab.open("focus", [MODEL, "session = nbdebug.debug(model, x, y)", "2"])
    expect(lab.sidebar).to_be_hidden()
    lab.run(0, 1)
    lab.expect_state("ready", "tiny")
    assert lab.focused_in_notebook()


def test_two_notebooks_never_mix(lab: Lab) -> None:
    lab.open("first", [MODEL, "session = nbdebug.debug(make('one'), x, y)"])
    lab.run()
    lab.expect_state("ready", "one")
    lab.open_beside("second", [MODEL, "session = nbdebug.debug(make('two'), x, y)"])
    lab.expect_state("empty", "not loaded")
    lab.run()
    lab.expect_state("ready", "two")
    lab.switch_to("first")
    lab.expect_state("ready", "one")
    expect(lab.host.locator(".nbdebug-title:visible")).to_have_text("one")
    lab.switch_to("second")
    expect(lab.host.locator(".nbdebug-title:visible")).to_have_text("two")
    lab.restart()
    lab.expect_state("empty", "restarted")
    lab.switch_to("first")
    lab.expect_state("ready", "one")


def test_a_session_opened_in_a_notebook_behind_does_not_take_the_sidebar(lab: Lab) -> None:
    lab.open("behind", [MODEL + "\nimport time; time.sleep(4); session = nbdebug.debug(model, x, y)"])
    lab.run(wait=False)
    lab.open_beside("before", ["1"])
    lab.show_sidebar()
    lab.expect_state("empty", "not loaded")
    lab.switch_to("behind")
    lab.expect_state("ready", "tiny")


def test_a_reload_keeps_everything(lab: Lab) -> None:
    lab.open("reloaded", [MODEL, "session = nbdebug.debug(model, x, y)", "session.select(layer='conv_2', time=7)"])
    lab.run()
    lab.expect_state("ready", "conv_2")
    expect(lab.host.locator(".nbdebug-selection")).to_contain_text("t 7")
    lab.reload()
    lab.expect_state("ready", "conv_2")
    expect(lab.host.locator(".nbdebug-selection")).to_contain_text("t 7")
    lab.host.locator(".nbdebug-panel-model .nbdebug-heading").click()
    expect(lab.host.locator(".nbdebug-panel-model .nbdebug-body")).to_be_visible()


def test_notebook_7(lab: Lab) -> None:
    lab.open_classic("classic", [MODEL, "session = nbdebug.debug(model, x, y)"])
    lab.run()
    lab.expect_state("ready", "tiny")
    box = lab.sidebar.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= lab.page.viewport_size["width"], "the page cuts it off"
    lab.screenshot("notebook_7")
    lab.restart()
    lab.expect_state("empty", "restarted")
