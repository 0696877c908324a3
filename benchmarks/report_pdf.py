"""How long a fresh process takes to make the tagged PDF of the 2025 report, beside headless Chromium
printing the same HTML in the same run.

    python -m benchmarks.report_pdf [runs]

Bars: at most 5.0 times Chromium's time (median of the pairs), peak memory at most 600 MB.
"""

import sys
from pathlib import Path

from benchmarks.measuring import CHROMIUM_FLAGS, chromium, line, manage, median, office, timed

RATIO_BAR, MEMORY_BAR = 5.0, 600


def main(runs: int = 5) -> int:
    with office() as (folder, environment):
        html, ours, theirs = folder / "report.html", folder / "ours.pdf", folder / "theirs.pdf"
        timed(manage("lkjip", "palaran", "2025", "--format", "html", "-o", html), environment)
        print_html = [chromium(), *CHROMIUM_FLAGS, f"--user-data-dir={folder / 'chromium'}"]
        print_html += [f"--print-to-pdf={theirs}", "--no-pdf-header-footer", html.as_uri()]
        make_pdf = manage("lkjip", "palaran", "2025", "--format", "pdf", "-o", ours)
        timed(print_html, environment)
        pairs = []
        for _ in range(runs):
            # A chart drawn before is a chart not drawn now: each run starts without the cache.
            clear(folder / "cache")
            pairs.append((timed(make_pdf, environment), timed(print_html, environment)))
        sizes = [path.stat().st_size / 1e6 for path in (ours, theirs)]
    ratio = median([mine.seconds / other.seconds for mine, other in pairs])
    memory = median([mine.megabytes for mine, _ in pairs])
    seconds = [median([pair[side].seconds for pair in pairs]) for side in (0, 1)]
    for name, second, size in zip(("ours", "Chromium"), seconds, sizes, strict=True):
        print(f"{name:<10} {second:6.2f} s {size:6.1f} MB (median of {runs})")
    print(line("time, ours / Chromium", f"{ratio:.2f}", f"<= {RATIO_BAR}", ratio <= RATIO_BAR))
    print(
        line("peak memory (largest process)", f"{memory:.0f} MB", f"<= {MEMORY_BAR} MB", memory <= MEMORY_BAR)
    )
    return 0 if ratio <= RATIO_BAR and memory <= MEMORY_BAR else 1


def clear(cache: Path) -> None:
    for path in sorted(cache.rglob("*.djcache")):
        path.unlink()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
