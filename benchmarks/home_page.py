"""How long the home page of an office's head takes on the server, charts included, beside a bare view behind
the same middleware that runs the same queries and returns as many bytes.

    python -m benchmarks.home_page [runs]

Cold: nothing is kept, charts are drawn, every figure is computed. Unchanged: made of this data before. The
bare view asks as a Django view does, through the same query sets; what the same statements cost whose rows
are fetched and left alone is what the bars are set against: at most 4 times that cold, 1.5 times
unchanged; 15 queries unchanged; HTML under 100 KB.
"""

import os
import sys
import time
from collections.abc import Callable

from benchmarks.measuring import line, median, office

RATIO_COLD, RATIO_UNCHANGED, MOST_QUERIES, MOST_BYTES = 4.0, 1.5, 15, 100_000
HOME, BARE, ROWS = "/palaran/2026/", "/banding/", "/banding/baris/"


def main(arguments: list[str]) -> int:
    runs = int(arguments[0]) if arguments else 15
    with office() as (_, environment):
        os.environ.update(environment, DJANGO_SETTINGS_MODULE="benchmarks.home_settings")
        os.environ.pop("DATABASE_URL", None)
        os.environ["SAKIP_ALLOWED_HOSTS"] = "testserver"
        import django

        django.setup()
        return measure(runs)


def measure(runs: int) -> int:
    from django.core.cache import cache
    from django.test import Client

    from benchmarks import home_urls
    from sakip.models import User

    client = Client()
    client.force_login(User.objects.get(username="camat"))
    # The chart's engine is loaded once a process, whoever asks first.
    client.get(HOME)
    holds = []
    for name, before, bar in (
        ("cold", cache.clear, RATIO_COLD),
        ("unchanged", lambda: None, RATIO_UNCHANGED),
    ):
        before()
        with home_urls.watched():
            answer = client.get(HOME)
        asked, size = len(home_urls.STATEMENTS) + 2, len(answer.content)
        home_urls.SIZE[0] = size
        page = median(timed_requests(client, HOME, runs, before))
        bare = median(timed_requests(client, BARE, runs, lambda: None))
        rows = median(timed_requests(client, ROWS, runs, lambda: None))
        ratio = page / rows
        print(f"{name}: page {page * 1000:.0f} ms, {asked} queries, {size} bytes")
        print(
            f"bare view {bare * 1000:.0f} ms, rows {rows * 1000:.0f} ms; page / bare view {page / bare:.2f}"
        )
        holds.append(ratio <= bar)
        print(line(f"home page / rows alone, {name}", f"{ratio:.2f}", f"<= {bar}", holds[-1]))
    holds += [asked <= MOST_QUERIES, size <= MOST_BYTES]
    print(line("queries, unchanged", str(asked), f"<= {MOST_QUERIES}", holds[-2]))
    print(line("bytes of HTML", str(size), f"<= {MOST_BYTES}", holds[-1]))
    return 0 if all(holds) else 1


def timed_requests(client, address: str, runs: int, before: Callable[[], object]) -> list[float]:
    seconds = []
    for _ in range(runs):
        before()
        start = time.perf_counter()
        answer = client.get(address)
        seconds.append(time.perf_counter() - start)
        assert answer.status_code == 200
    return seconds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
