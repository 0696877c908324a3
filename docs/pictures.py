"""Makes the pictures of the README and of docs/design.md from the demo: pages of the portal, its components,
and three pages of the 2025 report.

python -m docs.pictures        (needs Chromium, Playwright and poppler's pdftoppm)
"""

import io
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.measuring import DEMO_PASSWORD, ROOT, chromium, manage, office, timed

PORT = 8798
ADDRESS = f"http://127.0.0.1:{PORT}"
FOLDER = ROOT / "docs" / "img"
# What the page shows, and the first words that stand on it and on no page before.
REPORT_PAGES = {
    "report-1": "Gambar 3.2 Target Renstra",
    "report-2": "Tabel 3.7 Realisasi Anggaran Program",
    "report-3": "Tabel 3.8 Capaian Kinerja dan Anggaran",
}


@dataclass(frozen=True, slots=True)
class Shot:
    """A page as somebody sees it; the whole of it, however long, or what fits the window."""

    name: str
    user: str
    path: str
    width: int = 1280
    height: int = 860
    theme: str = "light"
    is_whole: bool = False


SHOTS = (
    Shot("home", "camat", "/palaran/2026/", height=960),
    Shot("design-components", "camat", "/desain/", is_whole=True),
    Shot("design-dark", "camat", "/palaran/2026/", theme="dark"),
    Shot("design-phone", "camat", "/palaran/2026/", width=360, height=740),
    Shot("design-list", "perencana", "/palaran/2026/kelengkapan/"),
    Shot("design-entry", "operator.bukuan", "/palaran/2026/realisasi/bukuan/tw-4/"),
    Shot("design-form", "perencana", "/palaran/2026/rapat/tw-4/susun/"),
    Shot("design-document", "camat", "/palaran/2026/angka/budget.absorption/"),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with office() as (folder, environment):
        report = folder / "report.pdf"
        timed(manage("lkjip", "palaran", "2025", "--format", "pdf", "-o", report), environment)
        for name, words in REPORT_PAGES.items():
            picture_of_page(report, words, FOLDER / f"{name}.png")
        # The page of the components is there while DEBUG is on.
        with serving(environment | {"SAKIP_DEBUG": "1"}), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
            )
            for shot in SHOTS:
                picture_of_portal(browser, shot)
            browser.close()


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


def picture_of_portal(browser: Browser, shot: Shot) -> None:
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.theme,  # type: ignore[arg-type]
    )
    page.goto(f"{ADDRESS}/masuk/")
    page.fill("input[name=username]", shot.user)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: "/masuk/" not in address)
    answer = page.goto(f"{ADDRESS}{shot.path}")
    if answer is None or not answer.ok:
        raise SystemExit(f"{shot.path}: no picture of a page that is not there")
    # A field that takes the focus on load would scroll a whole page past its top.
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    content = Image.open(io.BytesIO(page.screenshot(full_page=shot.is_whole))).convert("RGB")
    content.quantize(96, dither=Image.Dither.NONE).save(FOLDER / f"{shot.name}.png", optimize=True)
    page.close()


if __name__ == "__main__":
    main()
