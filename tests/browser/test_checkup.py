"""The Checkup panel in a real page: a network with faults, one that is mended, a healthy one, and one that trains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.lab import PATIENCE, Lab
from browser.server import Server
from browser.showing import HOSTILE, Shown
from playwright.sync_api import Browser, Locator, expect

WITHOUT_NUMBERS = re.compile(r'translate\(\d+,undefined\)|Expected moveto .*"null"')
"""What bqplot says of a line without a single number, such as the activations of a network whose weights are NaN."""

DATA = f"""
import keras, numpy as np, threading, nbdebug
import nbdebug.session.session as session_file
from nbdebug.lab.host import host
HOSTILE = {HOSTILE!r}
L = keras.layers
keras.utils.set_random_seed(1)
x = np.random.default_rng(0).normal(size=(200, 16, 2)).astype("float32").cumsum(1) / 4
ill = (x[:, :, 0].mean(1) > 0).astype("float32")
def make(head="sigmoid", loss="binary_crossentropy", rate=0.01):
    made = keras.Sequential([
        keras.Input((16, 2), name="series"),
        L.Conv1D(8, 3, activation="relu", name="conv"),
        L.GlobalAveragePooling1D(name="pool"), L.Dense(1, activation=head, name="risk")])
    made.compile(keras.optimizers.Adam(rate), loss)
    return made
asked = []
check = session_file.check
def counted(*given, **named):
    asked.append(named.get("only"))
    return check(*given, **named)
session_file.check = counted
"""

SICK = """
gaps = x * 300
gaps[7, 3:6, 0] = np.nan
names = [HOSTILE]
sick = make("softmax")
%nbdebug sick gaps ill --outputs names
"""
SICK_AGAIN = "%nbdebug sick gaps ill --outputs names"
AILING = """
ailing = make(loss="categorical_crossentropy")
ailing.get_layer("conv").bias.assign([-99.0] * 8)
%nbdebug ailing x ill
"""
HEALTHY = """
healthy = make()
%nbdebug healthy x ill
"""
SLOW = """
go = threading.Event()
def slow(*given, pulse, **named):
    while not go.wait(0.05):
        pulse()
    return counted(*given, pulse=pulse, **named)
session_file.check = slow
"""
TRAINS = """
import pathlib
class Gate(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        while self.model.optimizer.iterations == 5 and not pathlib.Path("gate").exists():
            time.sleep(0.05)
import time
before = len(asked)
lost = make(rate=1e30)
lost_session = nbdebug.debug(lost, x, ill, name="lost")
"""


@pytest.fixture(scope="module")
def lab(browser: Browser, server: Server) -> Iterator[Shown]:
    context = browser.new_context(viewport={"width": 1400, "height": 1200})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown = Shown(Lab(context.new_page(), server), "checkup")
    shown.do("%load_ext nbdebug")
    shown.do(DATA)
    yield shown
    assert shown.dialogs == []
    assert [said for said in shown.complaints if not WITHOUT_NUMBERS.search(said)] == []
    context.close()
    server.shut_down_kernels()


def show(shown: Shown, cell: str, name: str) -> Locator:
    """Open a session and its Checkup panel; returns the panel."""
    shown.do(cell)
    expect(shown.view.locator(".nbdebug-title")).to_have_text(name, timeout=PATIENCE)
    return shown.panel("checkup")


def checked(panel: Locator) -> Locator:
    """Wait for the report; returns the line that says what was found."""
    line = panel.locator(".nbdebug-verdict")
    expect(line).to_be_visible(timeout=PATIENCE)
    expect(panel.locator(".nbdebug-progress")).to_have_count(0, timeout=PATIENCE)
    return line


def card(panel: Locator, check: str) -> Locator:
    """The card of a finding."""
    return panel.locator(".nbdebug-card", has=panel.page.locator(f".nbdebug-finding-{check}"))


def test_nothing_is_checked_before_the_panel_is_open(lab: Shown) -> None:
    lab.do(SICK)
    expect(lab.view.locator(".nbdebug-title")).to_have_text("sick", timeout=PATIENCE)
    expect(lab.do("len(asked)")).to_contain_text("0")
    checked(lab.panel("checkup"))
    expect(lab.do("len(asked)")).to_contain_text("1")


def test_findings_are_cards_with_the_root_cause_first(lab: Shown) -> None:
    panel = lab.panel("checkup")
    expect(checked(panel)).to_contain_text("2 errors")
    expect(panel.locator(".nbdebug-summary")).to_have_text("2 errors")
    first = panel.locator(".nbdebug-card").first
    expect(first).to_have_class(re.compile("nbdebug-card-error"))
    expect(first.locator(".nbdebug-finding-tag")).to_have_text("error, the root cause")
    expect(first.locator(".nbdebug-finding")).to_contain_text("is a softmax over one unit")
    expect(first.locator(".nbdebug-finding-where")).to_contain_text(f"layer risk · output {HOSTILE}")
    expect(first.locator(".nbdebug-finding-source")).to_contain_text("softmax on one unit ·")
    second = card(panel, "inputs_not_finite")
    expect(second.locator(".nbdebug-finding-measured")).to_contain_text("not finite: 0.005, limit 0")
    expect(lab.page.locator("img[src=x]")).to_have_count(0)


def test_symptoms_are_folded_under_their_cause(lab: Shown) -> None:
    cause = card(lab.panel("checkup"), "inputs_not_finite")
    fold = cause.locator(".nbdebug-finding-also")
    expect(fold).to_contain_text("explains 1 symptom")
    expect(fold).not_to_contain_text("but weights are initialised for values of about 1")
    fold.locator("button").click()
    expect(fold).to_contain_text("but weights are initialised for values of about 1", timeout=PATIENCE)
    fold.locator("button").click()
    expect(fold).not_to_contain_text("but weights are initialised for values of about 1")


def test_the_mend_is_copied_as_code(lab: Shown) -> None:
    first = card(lab.panel("checkup"), "softmax_on_one_unit")
    code = first.locator(".nbdebug-code").inner_text()
    assert 'activation="sigmoid"' in code
    first.locator(".nbdebug-copy").click()
    expect(first.locator(".nbdebug-copy")).to_have_text("✓")
    assert lab.page.evaluate("navigator.clipboard.readText()").splitlines() == code.splitlines()


def test_a_click_leads_to_the_evidence(lab: Shown) -> None:
    panel = lab.panel("checkup")
    lab.do("host.sessions['sick'].select(example=0, time=0, layer='pool')")
    panel.locator(".nbdebug-finding-inputs_not_finite").click()
    lab.expect_selection("example 7", "t 3")
    example = lab.view.locator(".nbdebug-panel-example")
    expect(example.locator(".nbdebug-heading")).to_have_class(re.compile("nbdebug-open"))
    expect(example.locator(".nbdebug-heading")).to_be_focused()
    expect(example).to_contain_text("example 7", timeout=PATIENCE)
    lab.close("activations")
    panel.locator(".nbdebug-finding-softmax_on_one_unit").click()
    lab.expect_selection("risk", HOSTILE)
    activations = lab.view.locator(".nbdebug-panel-activations")
    expect(activations.locator(".nbdebug-heading")).to_have_class(re.compile("nbdebug-open"))
    expect(card(panel, "softmax_on_one_unit")).to_have_class(re.compile("nbdebug-card-selected"))
    lab.close("example", "activations")


def test_a_finding_can_be_reached_and_picked_by_keyboard(lab: Shown) -> None:
    lab.do("host.sessions['sick'].select(example=0)")
    lab.panel("checkup").locator(".nbdebug-finding-inputs_not_finite").focus()
    lab.page.keyboard.press("Enter")
    lab.expect_selection("example 7")
    lab.close("example")


def test_a_dismissed_finding_stays_dismissed_and_can_be_brought_back(lab: Shown) -> None:
    panel = lab.panel("checkup")
    card(panel, "inputs_not_finite").locator(".nbdebug-dismiss").click()
    expect(card(panel, "inputs_not_finite")).to_have_count(0)
    expect(panel.locator(".nbdebug-summary")).to_have_text("1 error")
    dismissed = panel.locator(".nbdebug-dismissed")
    expect(dismissed).to_contain_text("1 finding dismissed · show")

    lab.do(SICK_AGAIN)
    expect(lab.view.locator(".nbdebug-title")).to_have_text("sick", timeout=PATIENCE)
    panel = lab.panel("checkup")
    checked(panel)
    expect(panel.locator(".nbdebug-summary")).to_have_text("1 error")
    expect(dismissed).to_contain_text("1 finding dismissed · show")

    lab.lab.reload()
    lab.lab.expect_state("ready", "sick")
    panel = lab.panel("checkup")
    checked(panel)
    expect(card(panel, "inputs_not_finite")).to_have_count(0)
    panel.locator(".nbdebug-dismissed").click()
    expect(card(panel, "inputs_not_finite")).to_have_class(re.compile("nbdebug-card-dismissed"))
    card(panel, "inputs_not_finite").locator(".nbdebug-dismiss", has_text="Bring back").click()
    expect(panel.locator(".nbdebug-summary")).to_have_text("2 errors")
    expect(panel.locator(".nbdebug-dismissed")).to_have_count(0)
    expect(card(panel, "inputs_not_finite")).to_have_class(re.compile("nbdebug-card-error"))


def test_what_each_check_came_to_is_in_a_fold(lab: Shown) -> None:
    fold = lab.panel("checkup").locator(".nbdebug-verdicts")
    title, clear = fold.locator("button").first, fold.locator(".nbdebug-clear-checks")
    expect(title).to_contain_text(re.compile(r"\d+ checks: \d+ clear, \d+ found something, \d+ could"))
    title.click()
    table = fold.locator("table")
    expect(table).to_contain_text("could not judge: there is no validation data", timeout=PATIENCE)
    expect(table).to_contain_text("softmax on one unit")
    clear.locator("button").click()
    expect(clear).to_contain_text("linear stack")
    title.click()
    expect(table).to_have_count(0)


def test_check_again_closes_a_finding_once_the_model_is_compiled_again(lab: Shown) -> None:
    panel = show(lab, AILING, "ailing")
    checked(panel)
    found = card(panel, "categorical_on_one_unit")
    expect(found).to_have_class(re.compile("nbdebug-card-error"))
    found.locator(".nbdebug-check-again").click()
    expect(panel.locator(".nbdebug-progress")).to_have_count(0, timeout=PATIENCE)
    expect(found).to_have_class(re.compile("nbdebug-card-error"))
    lab.do("ailing.compile('adam', 'binary_crossentropy'); asked.clear()")
    found.locator(".nbdebug-check-again").click()
    expect(found).to_have_class(re.compile("nbdebug-card-mended"), timeout=PATIENCE)
    expect(found.locator(".nbdebug-finding-tag")).to_have_text("mended")
    expect(lab.do("asked")).to_contain_text("['categorical_on_one_unit'")


def test_check_again_closes_a_finding_once_the_weights_are_new(lab: Shown) -> None:
    panel = lab.panel("checkup")
    found = card(panel, "dead_layer")
    expect(found).to_have_class(re.compile("nbdebug-card-(error|warning)"))
    lab.do("ailing.get_layer('conv').set_weights(make().get_layer('conv').get_weights())")
    expect(lab.view).to_have_class(re.compile("nbdebug-stale"), timeout=PATIENCE)
    found.locator(".nbdebug-check-again").click()
    expect(found).to_have_class(re.compile("nbdebug-card-mended"), timeout=PATIENCE)
    expect(lab.view).not_to_have_class(re.compile("nbdebug-stale"))
    checked(panel)
    lab.lab.screenshot("checkup_mended", panel)
    expect(panel.locator(".nbdebug-summary")).not_to_contain_text("error")
    found.locator(".nbdebug-dismiss", has_text="Put away").click()
    expect(found).to_have_count(0)


def test_a_healthy_network_is_said_to_be_without_fault(lab: Shown) -> None:
    panel = show(lab, HEALTHY, "healthy")
    expect(checked(panel)).to_have_text(
        re.compile(r"^no fault found \(\d+ checks clear, \d+ could not judge: .+ and \d+ more reasons?\)$")
    )
    expect(panel.locator(".nbdebug-summary")).to_have_text("no fault found")
    expect(panel.locator(".nbdebug-card")).to_have_count(0)
    lab.lab.screenshot("checkup_healthy", panel)


def test_a_report_made_in_a_cell_is_the_one_that_is_shown(lab: Shown) -> None:
    panel = show(lab, HEALTHY, "healthy")
    checked(panel)
    lab.do("healthy.compile('adam', 'categorical_crossentropy')")
    told = lab.do("print(host.sessions['healthy'].check(epochs=300, batch_size=32))")
    expect(told).to_contain_text("1 error", timeout=PATIENCE)
    expect(panel.locator(".nbdebug-summary")).to_have_text("1 error", timeout=PATIENCE)
    expect(card(panel, "categorical_on_one_unit")).to_be_visible()
    copied = lab.view.locator(".nbdebug-panel-checkup .nbdebug-head .nbdebug-copy")
    expect(copied).to_have_attribute("title", re.compile(r"session\.check\(epochs=300, batch_size=32\)"))


def test_a_checkup_can_be_cancelled_and_gone_on_with(lab: Shown) -> None:
    lab.do("healthy.compile('adam', 'binary_crossentropy')")
    lab.do(SLOW)
    panel = lab.panel("checkup")
    panel.locator(".nbdebug-check-all").click()
    progress = panel.locator(".nbdebug-progress")
    expect(progress).to_contain_text("checkup", timeout=PATIENCE)
    progress.get_by_role("button", name="Cancel").click()
    banner = panel.locator(".nbdebug-cancelled")
    expect(banner).to_contain_text("Cancelled: checkup. The report is the one before.")
    lab.lab.screenshot("checkup_cancelled", panel)
    expect(progress).to_have_count(0)
    lab.do("go.set()")
    banner.get_by_role("button").click()
    expect(panel.locator(".nbdebug-summary")).to_have_text("no fault found", timeout=PATIENCE)
    expect(card(panel, "categorical_on_one_unit")).to_have_class(re.compile("nbdebug-card-mended"))
    expect(banner).to_have_count(0)
    lab.do("session_file.check = counted")


def test_what_a_fit_shows_is_seen_while_it_runs(lab: Shown, server: Server) -> None:
    panel = show(lab, TRAINS, "lost")
    checked(panel)
    lab.do("asked.clear()")
    lab.do("lost.fit(x, ill, epochs=2, verbose=0, callbacks=[nbdebug.Monitor(), Gate()]); None", wait=False)
    live = panel.locator(".nbdebug-live")
    expect(live).to_contain_text("Training: step 5", timeout=PATIENCE)
    finding = live.locator(".nbdebug-card", has=lab.page.locator(".nbdebug-finding-loss_not_finite"))
    expect(finding.locator(".nbdebug-finding-tag")).to_have_text("error so far", timeout=PATIENCE)
    expect(panel.locator(".nbdebug-summary")).to_have_text("1 error so far")
    finding.locator(".nbdebug-finding").click()
    expect(finding.locator(".nbdebug-figure")).to_be_visible(timeout=PATIENCE)
    lab.lab.screenshot("checkup_live", lab.lab.sidebar)
    panel.locator(".nbdebug-check-all").click()
    expect(panel.locator(".nbdebug-waits")).to_contain_text("never runs inside of that")
    (Path(server.root) / "gate").touch()
    expect(live).to_contain_text("The fit has ended: step 14", timeout=PATIENCE)
    expect(lab.do("asked")).to_contain_text("[]")
    lab.view.locator(".nbdebug-refresh-stale").click()
    found = card(panel, "not_finite")
    expect(found).to_be_visible(timeout=PATIENCE)
    expect(found.locator(".nbdebug-finding-also")).to_contain_text("explains", timeout=PATIENCE)
    expect(live).to_be_hidden()
