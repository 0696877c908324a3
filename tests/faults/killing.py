"""People at work on a portal that dies, over and over, at any moment."""

import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.faults.office import Portal, Staff, until

# How often each kind of work is killed: in every run, and with --full.
FEW, MANY = 3, 100
LONGEST_PAUSE = 0.4


class UnexpectedError(Exception):
    """The portal said something that it should not have."""


@dataclass
class Worker:
    """Somebody who does the same work again and again. `sent` counts what was begun, `kept` what the portal
    said that it kept."""

    staff: Staff
    unit: str
    sent: int = 0
    kept: int = 0
    surprises: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """What is read first, after each death."""

    def work(self) -> None:
        """One piece of work: `sent` goes up before it, and `kept` follows once it is acknowledged."""
        raise NotImplementedError

    def work_until_it_dies(self) -> None:
        try:
            self.begin()
            while True:
                self.work()
        except (OSError, HTTPException):
            return
        except UnexpectedError as surprise:
            self.surprises.append(str(surprise))

    def expect(self, status: int, wanted: int) -> None:
        if status != wanted:
            raise UnexpectedError(f"{self.unit}: work {self.sent} was answered with {status}")


def deaths(portal: Portal, workers: Sequence[Worker], count: int) -> Iterator[None]:
    """Of a portal that runs: each time after everybody has kept something, it dies a moment later; the test
    then looks at what is there, and the portal comes back. At the end the history must be whole."""
    for _ in range(count):
        before = [worker.kept for worker in workers]
        threads = [threading.Thread(target=worker.work_until_it_dies) for worker in workers]
        for thread in threads:
            thread.start()
        until("everybody keeps something", lambda before=before: _have_kept(workers, before))
        time.sleep(random.uniform(0, LONGEST_PAUSE))
        portal.kill()
        for thread in threads:
            thread.join()
        assert [worker.surprises for worker in workers] == [[] for _ in workers]
        assert portal.rows("PRAGMA integrity_check") == [("ok",)]
        yield
        portal.serve()
    portal.check("verify_history")


def _have_kept(workers: Sequence[Worker], before: Sequence[int]) -> bool:
    return any(worker.surprises for worker in workers) or all(
        worker.kept > kept for worker, kept in zip(workers, before, strict=True)
    )
