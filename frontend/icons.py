"""Draws the icons of the home screen out of favicon.svg, in the system's Chromium. A maintainer runs it."""

from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parent.parent / "diary" / "static"
ICONS = {
    "icon-192": (192, "100%"),
    "icon-512": (512, "100%"),
    "maskable-512": (512, "74%"),
    "apple-touch-180": (180, "84%"),
}
"""Name, pixels, and how much of them the drawing takes: a phone may cut a circle out of a maskable one."""

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    drawing = (STATIC / "favicon.svg").read_text()
    for name, (pixels, size) in ICONS.items():
        page = browser.new_page(viewport={"width": pixels, "height": pixels})
        ground = "transparent" if size == "100%" else "#0b5a60"
        page.set_content(
            f"<style>html,body{{margin:0;height:100%;background:{ground};display:grid;place-items:center}}"
            f"svg{{width:{size};height:{size}}}</style>{drawing}"
        )
        page.screenshot(path=STATIC / "icons" / f"{name}.png", omit_background=True)
    browser.close()
