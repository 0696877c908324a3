"""What every page must be: nothing that axe objects to, and no wider than its window."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

AXE = Axe()


def faults_on(page: Page) -> list[str]:
    """What is wrong with the page as it stands; a page that is still on its way is judged half."""
    found = [
        f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in AXE.run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("the page scrolls sideways")
    return found


def faults_of(page: Page, address: str) -> list[str]:
    """What is wrong with the page at an address."""
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    return faults_on(page)


def arrive(target: Locator) -> None:
    """Click what leads to another page, and wait for that page: a click alone returns on the old one."""
    with target.page.expect_navigation():
        target.click()
