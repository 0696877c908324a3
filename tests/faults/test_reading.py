"""A request that only reads is stopped before it changes a row, whatever the view does."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from sakip.middleware import ReadOnlyGetMiddleware, WriteInReadError
from sakip.models import Agency, Award, User

pytestmark = pytest.mark.django_db


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


WRITES: dict[str, Callable[[], object]] = {
    "create": lambda: User.objects.create(username="baru"),
    "save": lambda: Agency.objects.get(slug="palaran").save(),
    "update": lambda: Agency.objects.update(name="lain"),
    "delete": lambda: Award.objects.all().delete(),
    "bulk": lambda: User.objects.bulk_create([User(username="baru")]),
    "get or create": lambda: User.objects.get_or_create(username="baru"),
    "raw": lambda: raw("  update sakip_agency set name = 'lain'"),
}


def ask(method: str, deed: Callable[[], object]) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        deed()
        return HttpResponse()

    return ReadOnlyGetMiddleware(view)(getattr(RequestFactory(), method)("/"))


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("deed", WRITES)
def test_reading_stops_a_write(method, deed):
    with pytest.raises(WriteInReadError, match="tidak boleh menulis"), transaction.atomic():
        ask(method, WRITES[deed])


@pytest.mark.parametrize("deed", WRITES)
def test_a_form_may_write(deed):
    assert ask("post", WRITES[deed]).status_code == 200


def test_reading_reads():
    assert ask("get", Agency.objects.get(slug="palaran").units.count).status_code == 200
