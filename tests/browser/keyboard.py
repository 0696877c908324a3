"""Going about a page with the keyboard alone."""

from playwright.sync_api import Locator, Page

IS_FOCUSED = "node => node === document.activeElement"
# No page has more stops than this.
MOST_STOPS = 200


def reach(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab (or Shift+Tab) until the focus is there."""
    target.first.wait_for()
    for _ in range(MOST_STOPS):
        if target.first.evaluate(IS_FOCUSED):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} cannot be reached by {key}")


def follow(page: Page, target: Locator, key: str = "Tab") -> None:
    """Reach a link or a button, and press Enter on it."""
    reach(page, target, key)
    page.keyboard.press("Enter")


def write(page: Page, text: str) -> None:
    """Over what stands in the box."""
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
