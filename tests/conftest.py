"""Shared plumbing: which tests run on which database, and a real Chromium that fails a test on any error."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.test import Client
from hypothesis import HealthCheck, settings

from tests.palaran import django_db_setup, other_agency, palaran, pytest_runtest_teardown  # noqa: F401

# Speed is measured in benchmarks/: a busy machine must not fail a property.
settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")

UNDER_WAY = pytest.StashKey[list[object]]()
# Milliseconds until a page that does not come is a failure: a busy machine is slow, not wrong.
PATIENCE = 40_000
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Nothing outside this machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
REPORT_CSP_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP ${event.effectiveDirective}: ${event.blockedURI} in line ${event.lineNumber}`));
"""


# ---------------------------------------------------------------- which tests run
def on_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"})


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the tests marked `full` as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests only when asked, `postgres` ones only there, and there only those that use a database."""

    def wanted(item: pytest.Item) -> bool:
        if item.get_closest_marker("full") and not config.getoption("--full"):
            return False
        if on_postgres():
            return uses_database(item) and not item.get_closest_marker("sqlite")
        return not item.get_closest_marker("postgres")

    dropped = [item for item in items if not wanted(item)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if wanted(item)]


@pytest.fixture(autouse=True)
def nothing_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of one test come back in the next and mean something else."""
    from budget.queries.quarter_plan import forget_plans
    from reporting.search import index

    forget_plans()
    monkeypatch.setattr(index, "FRESH", timedelta(0))


# ---------------------------------------------------------------- the browser
@pytest.fixture(scope="session")
def browser() -> Iterator:
    """One headless Chromium a test process."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    path = os.environ.get("SAKIP_TEST_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        raise RuntimeError("no Chromium on PATH; bin/test installs one")
    # Playwright's event loop runs in this thread, and Django would refuse to query inside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What went wrong in the browser. A test that expects an error (a 404, say) asserts and clears it."""
    return []


@pytest.fixture
def live_requests(request) -> Iterator[None]:
    """Counts what the server was asked and has not answered; `pytest_runtest_call` waits for it."""
    under_way: list[object] = []

    def started(sender: object, **_: object) -> None:
        under_way.append(sender)

    def finished(sender: object, **_: object) -> None:
        if under_way:
            under_way.pop()

    request_started.connect(started)
    request_finished.connect(finished)
    request.node.stash[UNDER_WAY] = under_way
    yield
    request_started.disconnect(started)
    request_finished.disconnect(finished)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A test ends when its pages have what they asked for, a few seconds at most: a picture that is still on
    its way would miss its file, and the database cannot be emptied under a request."""
    try:
        return (yield)
    finally:
        if (under_way := item.stash.get(UNDER_WAY, None)) is not None:
            end, quiet_since = time.monotonic() + 5, time.monotonic()
            while time.monotonic() < end and time.monotonic() < quiet_since + 0.05:
                time.sleep(0.01)
                if under_way:
                    quiet_since = time.monotonic()


@pytest.fixture
def open_page(browser, live_server, live_requests, page_errors) -> Iterator[Callable]:
    """Opens a page of the given width and height in a context of its own; at the end no error may be left."""
    own_host = urlsplit(live_server.url).netloc
    contexts = []

    def check_host(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != own_host:
            page_errors.append(f"request to another host: {request.url}")

    def note_console(message) -> None:
        if message.type == "error":
            page_errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def open_page(width: int = 1440, height: int = 900, locale: str = "id-ID", **options):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            base_url=live_server.url,
            locale=locale,
            timezone_id="Asia/Makassar",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_CSP_VIOLATIONS)
        context.on("request", check_host)
        context.on("console", note_console)
        context.on("weberror", lambda error: page_errors.append(f"page: {error.error}"))
        return context.new_page()

    yield open_page
    for context in contexts:
        for page in context.pages:
            # A request that is cut off by the closing would count as an error of the page.
            page.wait_for_function("() => !document.querySelector('.htmx-request')")
        context.close()
    assert page_errors == []


@pytest.fixture
def page(open_page):
    """A desktop page, 1440 x 900."""
    return open_page()


@pytest.fixture
def phone_page(open_page):
    """A phone's page, 360 x 740, touched with a finger."""
    return open_page(360, 740, has_touch=True, is_mobile=True)


@pytest.fixture
def sign_in(live_server) -> Callable:
    """sign_in(page, user): the page's context gets the session of this user.

    Each has a client of its own: logging in over another's session would delete that one, and an answer still
    on its way to the page before would then take the new cookie away.
    """

    def sign_in(page, user) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return sign_in
