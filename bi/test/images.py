#!/usr/bin/env python3
"""Takes the pictures of the dashboard that the documentation shows: images.py DIRECTORY."""

import pathlib
import subprocess
import sys

from browser import Browser
from charts import CHARTS

SINGLE = {"nps_by_rep": "nps-by-rep", "mrr_movements": "mrr-movements", "at_risk": "customers-at-risk"}

MARGIN = 14


def shrink(path):
    """To 256 colours, which such pictures do not need more of."""
    subprocess.run(["pngquant", "--force", "--strip", "--speed", "1", "--output", path, "256", path], check=True)


def opened(**size):
    browser = Browser(**size)
    browser.open_dashboard()
    problems = browser.ask("problems")
    if problems:
        browser.close()
        sys.exit("no pictures of a dashboard with problems: " + "; ".join(problems))
    return browser


def main():
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    browser = opened()
    try:
        page = browser.page
        lowest = page.evaluate("() => Math.max(...[...document.querySelectorAll('[data-test-chart-name]')]"
                               ".map(e => e.getBoundingClientRect().bottom))")
        page.screenshot(path=directory / "dashboard.png", clip={"x": 0, "y": 0, "width": 1600, "height": lowest + 24})
    finally:
        browser.close()
    # Single charts are shown smaller than they are, and so have more pixels.
    browser = opened(scale=1.5)
    try:
        for name, file in SINGLE.items():
            box = browser.page.locator(f'[data-test-chart-name="{CHARTS[name].title}"]').bounding_box()
            browser.page.screenshot(path=directory / f"{file}.png", clip={
                "x": box["x"] - MARGIN, "y": box["y"] - MARGIN, "width": box["width"] + 2 * MARGIN, "height": box["height"] + 2 * MARGIN})
    finally:
        browser.close()
    for path in sorted(directory.glob("*.png")):
        shrink(path)
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
