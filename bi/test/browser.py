"""Chromium with the dashboard in it, as far as a test needs it."""

import os
import pathlib
import shutil
import sys
import tempfile

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from charts import CHARTS  # noqa: E402

FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--force-color-profile=srgb"]
READER = (pathlib.Path(__file__).parent / "page.js").read_text()


class Browser:
    """A browser of its own, with an empty profile that goes with it."""

    def __init__(self, width=1600, height=1900, scale=1):
        self.profile = tempfile.mkdtemp(prefix="pg_cskpi-bi-")
        self.playwright = sync_playwright().start()
        # Chromium's own sandbox does not work for root.
        flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=os.environ["BI_CHROMIUM"], headless=True, args=flags, device_scale_factor=scale,
            viewport={"width": width, "height": height}, locale="en-US", timezone_id="UTC")
        self.page = self.context.new_page()

    def close(self):
        self.context.close()
        self.playwright.stop()
        shutil.rmtree(self.profile, ignore_errors=True)

    def open_dashboard(self):
        """Logs in as somebody would, and waits until every chart is drawn. All of them must be on the screen:
        those below its edge are not loaded."""
        url = os.environ["BI_DASHBOARD"]
        self.page.goto(f"{url}?standalone=1&show_filters=0")
        self.page.fill("input[name=username], #username", "admin")
        self.page.fill("input[name=password], #password", os.environ["BI_PASSWORD"])
        self.page.click("button[type=submit], input[type=submit], [data-test=login-button]")
        self.page.wait_for_selector("[data-test-chart-name]", timeout=120_000)
        self.page.evaluate(READER)
        self.page.wait_for_function(f"() => bi.ready({len(CHARTS)})", timeout=240_000)
        # Charts grow in for a second.
        self.page.wait_for_timeout(2_500)

    def ask(self, what, *arguments):
        return self.page.evaluate(f"arguments => bi.{what}(...arguments)", list(arguments))

    def hover(self, title, x, y):
        """The lines of the tooltip at a point of a chart, each split into its cells."""
        left, top = self.ask("place", title, x, y)
        self.page.mouse.move(0, 0)
        self.page.wait_for_timeout(300)
        self.page.mouse.move(left - 2, top)
        self.page.mouse.move(left, top)
        self.page.wait_for_function("() => bi.tooltip() !== ''", timeout=10_000)
        self.page.wait_for_timeout(300)
        return [line.split("\t") for line in self.ask("tooltip").splitlines()]
