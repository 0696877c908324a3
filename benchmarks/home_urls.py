"""The portal's addresses and two bare views behind the same middleware, which ask the database what the home
page asked and return as many bytes: as a Django view asks, and as rows alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path

from sakip.urls import urlpatterns as portal

# What the home page asked, in its order, and how much it answered; set by `watched`. A query set stands for
# itself and for what it prefetches; SQL with its parameters for what was asked without one (the fingerprint).
ASKED: list[QuerySet | tuple[str, object]] = []
STATEMENTS: list[tuple[str, object]] = []
SIZE = [0]


@contextmanager
def watched() -> Iterator[None]:
    """Notes what is asked meanwhile. The log-in, which comes first, is left out: every page reads it."""
    fetch = QuerySet._fetch_all
    asked: list[QuerySet | tuple[str, object]] = []
    statements: list[tuple[str, object]] = []
    within = [0]

    def note_query_set(self: QuerySet) -> None:
        if self._result_cache is None and not within[0]:
            asked.append(self._chain())
        within[0] += 1
        try:
            fetch(self)
        finally:
            within[0] -= 1

    def note_statement(execute, sql, params, many, context):
        statements.append((sql, params))
        if not within[0]:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    QuerySet._fetch_all = note_query_set  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(note_statement):
            yield
    finally:
        QuerySet._fetch_all = fetch  # type: ignore[method-assign]
    ASKED[:], STATEMENTS[:] = asked[2:], statements[2:]


def bare(request: HttpRequest) -> HttpResponse:
    """What a Django view that asks the same must at least cost."""
    assert request.user.is_authenticated
    for question in ASKED:
        if isinstance(question, QuerySet):
            list(question._chain())
        else:
            _run(*question)
    return HttpResponse("x" * SIZE[0])


def rows(request: HttpRequest) -> HttpResponse:
    """The same statements, written already, and their rows with nothing made of them."""
    assert request.user.is_authenticated
    for statement in STATEMENTS:
        _run(*statement)
    return HttpResponse("x" * SIZE[0])


def _run(sql: str, parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.fetchall()


urlpatterns = [path("banding/", bare), path("banding/baris/", rows), *portal]
