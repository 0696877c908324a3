"""Makes the pictures of the README from the demo: the home page, and three pages of the 2025 report.

python -m docs.pictures        (needs Chromium, Playwright and poppler's pdftoppm)
"""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.measuring import ROOT, chromium, manage, office, timed

PORT = 8798
ADDRESS = f"http://127.0.0.1:{PORT}"
FOLDER = ROOT / "docs" / "img"
# What the page shows, and the first words that stand on it and on no page before.
REPORT_PAGES = {
    "report-1": "Gambar 3.2 Target Renstra",
    "report-2": "Tabel 3.7 Realisasi Anggaran Program",
    "report-3": "Tabel 3.8 Capaian Kinerja dan Anggaran",
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with office() as (folder, environment):
        report = folder / "report.pdf"
        timed(manage("lkjip", "palaran", "2025", "--format", "pdf", "-o", report), environment)
        for name, words in REPORT_PAGES.items():
            picture_of_page(report, words, FOLDER / f"{name}.png")
        with serving(environment):
            picture_of_home(FOLDER / "home.png")


def picture_of_page(report: Path, words: str, target: Path) -> None:
    text = subprocess.run(["pdftotext", "-layout", report, "-"], capture_output=True, text=True, check=True)
    pages = [" ".join(page.split()) for page in text.stdout.split("\f")]
    # The lists of tables and figures name it first: the page itself is the last one that does.
    number = str(max(i for i, page in enumerate(pages, 1) if words in page))
    options = ["-r", "60", "-f", number, "-l", number, "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *options, report, target.with_suffix("")], check=True)


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "sakip.wsgi:application", "--bind", f"127.0.0.1:{PORT}"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{ADDRESS}/masuk/").close()
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def picture_of_home(target: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 960})
        page.goto(f"{ADDRESS}/masuk/")
        page.fill("input[name=username]", "camat")
        page.fill("input[name=password]", "Contoh-2026!")
        page.click("button[type=submit]")
        page.goto(f"{ADDRESS}/palaran/2026/")
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main()
