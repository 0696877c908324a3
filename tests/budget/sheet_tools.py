"""What tests of the workbook share: downloading a quarter, editing its cells, sending it back."""

import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from budget.sheets.layout import ENTRY_SHEET, FIRST_ROW, HOLDS, PLACES
from sakip.models import Unit, User
from tests.world import YEAR, Office


def address(office: Office, name: str, unit: Unit | None = None, quarter: int = 4) -> str:
    return reverse(name, args=[office.agency.slug, YEAR, (unit or office.village).slug, quarter])


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def downloaded(office: Office, client: Client, unit: Unit | None = None) -> bytes:
    answer = client.get(address(office, "sheet_download", unit))
    assert answer.status_code == 200
    return answer.content


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(content: bytes, change: Callable[[Worksheet], None]) -> bytes:
    book = opened(content)
    change(book[ENTRY_SHEET])
    return saved(book)


def row_of(sheet: Worksheet, key: str) -> int:
    """The sheet's row of a line ('l12') or an indicator ('m3')."""
    for row in range(FIRST_ROW, sheet.max_row + 1):
        if sheet.cell(row, PLACES["kunci"]).value == key:
            return row
    raise AssertionError(f"no row {key}")


def fill(sheet: Worksheet, key: str, cell: str, value: object = None, word: str | None = None) -> None:
    """Type a value, and choose its word, as somebody would in Excel."""
    column, word_column = HOLDS[cell]
    row = row_of(sheet, key)
    sheet.cell(row, PLACES[column]).value = value
    if word is not None:
        sheet.cell(row, PLACES[word_column]).value = word


def send(office: Office, client: Client, content: bytes, name: str = "isian.xlsx", follow: bool = True):
    file = SimpleUploadedFile(name, content)
    return client.post(address(office, "sheets"), {"file": file}, follow=follow)


def apply(office: Office, client: Client, shown, **chosen: str):
    """Apply a preview that was answered, as its form would be sent."""
    data = {"sidik": shown.context["preview"].fingerprint} | {
        f"pilih-{name}": value for name, value in chosen.items()
    }
    return client.post(address(office, "sheet_preview"), data)
