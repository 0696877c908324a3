"""How long the home page of an office's head takes on the server, charts included, beside a bare view behind
the same middleware that runs the same queries and returns as many bytes.

    python -m benchmarks.home_page [postgresql|sqlite] [runs]

Cold: nothing is kept, charts are drawn, every figure is computed. Unchanged: made of this data before. The
bare view asks with the same statements, written already, and fetches their rows and leaves them alone; a
second one asks as a Django view does, through the same query sets. The bars are set against the first on
PostgreSQL, which an office runs on: at most 4 times it cold, 1.5 times unchanged; 15 queries unchanged; HTML
under 100 KB. On SQLite, the demo's, a statement costs next to nothing, and the cold page has no bar.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable

from django.test import Client

from benchmarks.measuring import ROOT, line, median, office

DATABASES = ("postgresql", "sqlite")
RATIO_COLD, RATIO_UNCHANGED, MOST_QUERIES, MOST_BYTES = 4.0, 1.5, 15, 100_000
HOME, BARE, ROWS = "/palaran/2026/", "/banding/", "/banding/baris/"


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in DATABASES:
        commands = [[sys.executable, "-m", "benchmarks.home_page", name, *arguments] for name in DATABASES]
        return max(subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands)
    database, runs = arguments[0], int(arguments[1]) if len(arguments) > 1 else 15
    with office(database) as (_, environment):
        os.environ.update(environment, DJANGO_SETTINGS_MODULE="benchmarks.home_settings")
        os.environ["SAKIP_ALLOWED_HOSTS"] = "testserver"
        import django

        django.setup()
        return measure(database, runs)


def measure(database: str, runs: int) -> int:
    from django.core.cache import cache

    from benchmarks import home_urls
    from sakip.models import User

    client = Client()
    client.force_login(User.objects.get(username="camat"))
    # The chart's engine is loaded once a process, whoever asks first.
    client.get(HOME)
    holds = []
    for name, before, bar in (
        ("cold", cache.clear, RATIO_COLD if database == "postgresql" else None),
        ("unchanged", lambda: None, RATIO_UNCHANGED),
    ):
        before()
        with home_urls.watched():
            answer = client.get(HOME)
        asked, size = len(home_urls.STATEMENTS) + 2, len(answer.content)
        home_urls.SIZE[0] = size
        page, bare, rows = medians(client, runs, before)
        milliseconds = ", ".join(
            f"{what} {seconds * 1000:.0f} ms"
            for what, seconds in (("page", page), ("query sets", bare), ("rows alone", rows))
        )
        print(f"{database}, {name}: {milliseconds}; {asked} queries; page / query sets {page / bare:.2f}")
        title, ratio = f"{database}, {name}, page / rows alone", page / rows
        if bar is None:
            print(f"{title:<52} {ratio:>14.2f}")
        else:
            holds.append(ratio <= bar)
            print(line(title, f"{ratio:.2f}", f"<= {bar}", holds[-1]))
    holds += [asked <= MOST_QUERIES, size <= MOST_BYTES]
    print(line("queries, unchanged", str(asked), f"<= {MOST_QUERIES}", holds[-2]))
    print(line("bytes of HTML", str(size), f"<= {MOST_BYTES}", holds[-1]))
    return 0 if all(holds) else 1


def medians(client: Client, runs: int, before: Callable[[], object]) -> list[float]:
    """Seconds of the page and the two bare views, which take turns, so that other work falls on all."""
    seconds: dict[str, list[float]] = {HOME: [], BARE: [], ROWS: []}
    for _ in range(runs):
        for address, found in seconds.items():
            if address == HOME:
                before()
            start = time.perf_counter()
            answer = client.get(address)
            found.append(time.perf_counter() - start)
            assert answer.status_code == 200
    return [median(found) for found in seconds.values()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
