"""The portal's addresses and a bare view behind the same middleware: the same queries, as many bytes."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from sakip.urls import urlpatterns as portal

# What the home page asked and answered, set by the benchmark.
QUERIES: list[tuple[str, object]] = []
SIZE = [0]


def bare(request: HttpRequest) -> HttpResponse:
    """What the page must at least cost. The log-in is read as every page's is."""
    assert request.user.is_authenticated
    with connection.cursor() as cursor:
        for sql, parameters in QUERIES:
            cursor.execute(sql, parameters)
            cursor.fetchall()
    return HttpResponse("x" * SIZE[0])


urlpatterns = [path("banding/", bare), *portal]
