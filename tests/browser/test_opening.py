"""From a line or a click to a session."""

from __future__ import annotations

from browser.lab import MODEL, PATIENCE, Lab
from playwright.sync_api import expect


def test_the_chooser_opens_what_fits(lab: Lab) -> None:
    lab.open("chooser", [MODEL, "%load_ext nbdebug"])
    lab.run()
    lab.expect_state("ready", "What fits together")
    lab.screenshot("chooser")
    first = lab.host.locator(".nbdebug-suggestion").first
    expect(first).to_contain_text("model · x (24 × 32 × 2) · y (24) · meta")
    first.click()
    lab.expect_state("ready", "24 examples")
    expect(lab.host.locator(".nbdebug-chooser")).to_have_count(0)


def test_names_of_the_notebook_are_text(lab: Lab) -> None:
    hostile = "class Evil(keras.Model): pass\nEvil.__name__ = '<img src=x onerror=alert(1)>'\nmodel.name"
    line = "session = nbdebug.debug(model, x, y, name='<img src=x onerror=alert(1)>')"
    alerts: list[str] = []
    lab.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    lab.open("hostile", [MODEL, hostile, line])
    lab.run()
    lab.expect_state("ready", "<img src=x onerror=alert(1)>")
    expect(lab.output(2)).to_contain_text("<img src=x onerror=alert(1)> is open in the nbdebug sidebar.")
    assert alerts == []
    expect(lab.page.locator("img[src=x]")).to_have_count(0)


def test_the_magic_is_the_call(lab: Lab) -> None:
    lab.open(
        "magic", [MODEL, "%load_ext nbdebug", "%nbdebug model x[: 20] y[:20] --metadata meta[:20] --time-step 1min"]
    )
    lab.run()
    lab.expect_state("ready", "20 examples")
    lab.expect_state("ready", "model")


def test_the_magic_says_what_is_wrong_in_a_sentence(lab: Lab) -> None:
    lab.open("wrong", [MODEL, "%load_ext nbdebug", "%nbdebug modle x y", "%nbdebug model x[:, :9] y"])
    lab.run()
    expect(lab.output(2)).to_contain_text("There is no modle in this notebook. Did you mean model?")
    expect(lab.output(3)).to_contain_text("Try:")
    expect(lab.page.get_by_text("Traceback")).to_have_count(0)


def test_running_the_line_again_replaces_the_session_and_keeps_the_selection(lab: Lab) -> None:
    lab.open("again", [MODEL, "session = nbdebug.debug(model, x, y)", "session.select(layer='conv_2', example=5)",
                       "from nbdebug.lab.host import host; print(len(host.sessions), 'open')"])  # fmt: skip
    lab.run(0, 1, 2)
    lab.expect_state("ready", "conv_2")
    lab.run(1)
    lab.run(3)
    expect(lab.output(3)).to_have_text("1 open")
    lab.expect_state("ready", "conv_2")
    expect(lab.host.locator(".nbdebug-selection")).to_contain_text("example 5")
    expect(lab.host.locator(".nbdebug-title")).to_have_count(1)


def test_training_makes_the_sidebar_say_that_it_is_old(lab: Lab) -> None:
    lab.open("trained", [MODEL, "session = nbdebug.debug(model, x, y)", "model.fit(x, y, verbose=0);"])
    lab.run()
    expect(lab.host.locator(".nbdebug-banner")).to_contain_text("eights changed since", timeout=PATIENCE)


def test_a_click_is_answered_while_a_cell_runs(lab: Lab) -> None:
    lab.open("busy", [MODEL, "session = nbdebug.debug(model, x, y)", "import time; time.sleep(60)"])
    lab.run(0, 1)
    lab.expect_state("ready", "tiny")
    lab.run(2, wait=False)
    lab.wait_until_running(2)
    lab.host.locator(".nbdebug-panel-model .nbdebug-heading").click()
    expect(lab.host.locator(".nbdebug-panel-model .nbdebug-body")).to_contain_text("conv_2", timeout=30_000)
    assert lab.is_running(2)
    lab.interrupt()


def test_a_panel_in_a_tab_of_its_own_and_back(lab: Lab) -> None:
    lab.open("popped", [MODEL, "session = nbdebug.debug(model, x, y)"])
    lab.run()
    panel = lab.host.locator(".nbdebug-panel-model")
    panel.locator(".nbdebug-heading").click()
    panel.locator(".nbdebug-pop").click()
    tab = lab.page.locator(".lm-TabBar-tab", has_text="Model of tiny")
    expect(tab).to_be_visible()
    expect(lab.page.locator(".nbdebug-page")).to_contain_text("conv_2")
    lab.screenshot("tab")
    tab.locator(".lm-TabBar-tabCloseIcon").click()
    expect(lab.page.locator(".nbdebug-page")).to_have_count(0)
    expect(panel.locator(".nbdebug-body")).to_contain_text("conv_2")
