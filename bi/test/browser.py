"""Chromium, as far as the dashboard needs it."""

import os
import shutil
import tempfile

from playwright.sync_api import sync_playwright

FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--force-color-profile=srgb"]


class Browser:
    """A browser of its own, with an empty profile that goes with it."""

    def __init__(self, program, width=1600, height=1000):
        self.profile = tempfile.mkdtemp(prefix="pg_cskpi-bi-")
        self.playwright = sync_playwright().start()
        # Chromium's sandbox does not work for root.
        flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=program, headless=True, args=flags,
            viewport={"width": width, "height": height}, locale="en-US", timezone_id="UTC")
        self.page = self.context.new_page()

    def close(self):
        self.context.close()
        self.playwright.stop()
        shutil.rmtree(self.profile, ignore_errors=True)

    def log_in(self, url, user, password):
        self.page.goto(f"{url}/login/", wait_until="networkidle")
        self.page.fill("#username, input[name=username], [data-test=username-input]", user)
        self.page.fill("#password, input[name=password], [data-test=password-input]", password)
        self.page.click("button[type=submit], [data-test=login-button], input[type=submit]")
        self.page.wait_for_url(lambda address: "/login" not in address, timeout=60_000)
