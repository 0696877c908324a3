"""What the head's home page weighs on a first visit, and when it can be used on a processor slowed four
times: Chromium at a phone's width over loopback, gunicorn with the settings of an installation.

    python -m benchmarks.first_visit [runs]

Interactive: the document is parsed, its scripts have run, and the last task over 50 ms within three seconds
has ended, counted from the start of the navigation. Bars: under 1.5 s (median), all assets under 400 KB as
sent, nothing asked of another host.
"""

import sys
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measuring import CHROMIUM_FLAGS, DEMO_PASSWORD, chromium, line, median, office
from tests.faults.office import Portal

HOME = "/palaran/2026/"
SLOWED, QUIET_MS = 4, 3000
MOST_SECONDS, MOST_BYTES = 1.5, 400_000
READY = """() => {
  window.longTasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach(
    (task) => window.longTasks.push(task.startTime + task.duration)
  )).observe({ type: "longtask", buffered: true });
}"""
INTERACTIVE = """() => Math.max(
  performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd, ...window.longTasks
)"""


def main(runs: int = 5) -> int:
    with office() as (folder, _), sync_playwright() as playwright:
        portal = Portal(folder, settings="sakip.settings")
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS[1:])
        try:
            portal.serve()
            session = logged_in(browser, portal.address)
            # The first one has the page made.
            visits = [visit(browser, portal.address, session) for _ in range(runs + 1)]
        finally:
            browser.close()
            portal.kill()
    first, *later = [seconds for seconds, _, _ in visits]
    middle = median(later)
    _, weights, hosts = visits[-1]
    assets = sum(size for path, size in weights.items() if path != HOME)
    for path, size in sorted(weights.items(), key=lambda item: -item[1]):
        print(f"{size / 1000:8.1f} KB  {path}")
    print(f"interactive, page made anew: {first:.2f} s")
    holds = [middle < MOST_SECONDS, assets < MOST_BYTES, hosts == {"127.0.0.1"}]
    print(line("interactive, 4x slower", f"{middle:.2f} s", f"< {MOST_SECONDS} s", holds[0]))
    print(line("assets as sent", f"{assets / 1000:.0f} KB", f"< {MOST_BYTES // 1000} KB", holds[1]))
    print(line("other hosts", str(len(hosts - {"127.0.0.1"})), "0", holds[2]))
    return 0 if all(holds) else 1


def logged_in(browser: Browser, address: str) -> list:
    """The cookies of the head's session."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/masuk/")
    page.fill("[name=username]", "camat")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("form.sk-form button[type=submit], button.btn-wide")
    page.wait_for_url("**/palaran/**")
    cookies = context.cookies()
    context.close()
    return cookies


def visit(browser: Browser, address: str, cookies: list) -> tuple[float, dict[str, float], set[str]]:
    """One with an empty cache: seconds until interactive, bytes as sent by path, and the hosts asked."""
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    context.add_cookies(cookies)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    paths: dict[str, str] = {}
    weights: dict[str, float] = {}
    hosts: set[str] = set()

    def asked(event: dict) -> None:
        url = urlsplit(event["request"]["url"])
        if url.scheme.startswith("http"):
            hosts.add(url.hostname or "")
            paths[event["requestId"]] = url.path

    def finished(event: dict) -> None:
        if event["requestId"] in paths:
            weights[paths[event["requestId"]]] = event["encodedDataLength"]

    devtools.on("Network.requestWillBeSent", asked)
    devtools.on("Network.loadingFinished", finished)
    devtools.send("Network.enable")
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.add_init_script(f"({READY})()")
    page.goto(HOME)
    page.wait_for_timeout(QUIET_MS)
    milliseconds = page.evaluate(INTERACTIVE)
    context.close()
    return milliseconds / 1000, weights, hosts


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
