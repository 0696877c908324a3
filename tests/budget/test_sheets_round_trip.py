"""The round trip: a workbook that comes back as it went changes nothing; k edited cells are k changes."""

from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from budget.models import QuarterlyRealisation
from budget.queries.quarter_grid import Grid
from budget.queries.quarter_reader import QuarterReader
from budget.sheets.cells import plain_text, same_number
from budget.sheets.layout import ENTRY_SHEET, HOLDS, PLACES
from budget.sheets.own import read_own
from budget.sheets.preview import Preview, preview
from budget.sheets.reading import read_book
from budget.sheets.writing import Download, workbook_bytes
from sakip.models import Measurement
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
from tests.budget.sheet_tools import fill, opened, row_of, saved
from tests.world import Office, make_office

WORDS = {NIHIL: "nihil", NOT_APPLICABLE: "tidak berlaku", MISSING: "belum ada"}


def numbers(largest: str, places: int) -> st.SearchStrategy[Measured]:
    return st.decimals("0", largest, places=places, allow_nan=False).map(Measured.of)


def values(largest: str, places: int) -> st.SearchStrategy[Measured]:
    """Every state, zero, round and crooked numbers."""
    return st.one_of(st.sampled_from([*WORDS, Measured.of(0)]), numbers(largest, 0), numbers(largest, places))


AMOUNTS = values("9999999999999", 2)
PERCENTS = values("100", 6)
COUNTS = values("999999999", 6)
# Anything that a text can hold: line ends, formulas, signs of other scripts, what XML cannot carry.
TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["=1+1", "@a", "-", "a\r\nb", "\x07bel", "  tepi ", "<b>&amp;", "+62"]),
)
LINE = st.fixed_dictionaries({"amount": AMOUNTS, "physical": PERCENTS, "obstacle": TEXTS, "solution": TEXTS})


@pytest.fixture
def office(db) -> Office:
    return make_office()


def store(office: Office, lines: list[dict], counts: list[Measured]) -> Grid:
    """The quarter with these values, as the database gives them back."""
    quarter = office.quarter(office.village)
    for number, cells in enumerate(lines, 1):
        QuarterlyRealisation.objects.update_or_create(
            unit_quarter=quarter,
            line=office.line(office.village, f"P1.K1.S{number}"),
            defaults={
                "amount_state": cells["amount"].state,
                "amount_rp": cells["amount"].number,
                "physical_state": cells["physical"].state,
                "physical_pct": cells["physical"].number,
                "obstacle": cells["obstacle"].replace("\x00", ""),
                "solution": cells["solution"].replace("\x00", ""),
            },
        )
    for number, count in enumerate(counts, 1):
        Measurement.objects.update_or_create(
            unit_quarter=quarter,
            indicator=office.indicator(f"k-kelurahan-{number}"),
            defaults={"value_state": count.state, "value": count.number},
        )
    return QuarterReader(quarter).grid()


def written(grid: Grid) -> bytes:
    return workbook_bytes(
        Download(grid=grid, editable=True, is_sample=False, at=timezone.localtime(), window="")
    )


def compared(grid: Grid, content: bytes) -> Preview:
    return preview(grid, read_own(read_book(content, "isian.xlsx"), grid), {})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.tuples(LINE, LINE), counts=st.tuples(COUNTS, COUNTS), saved_again=st.booleans())
def test_what_comes_back_untouched_changes_nothing(office, lines, counts, saved_again):
    grid = store(office, lines, counts)
    content = written(grid)
    found = compared(grid, saved(opened(content)) if saved_again else content)
    assert (found.changes, found.problems, found.sent.notices) == ([], [], [])


CELLS = [*((f"l{n}", cell) for n in (1, 2) for cell in ("amount", "physical", "obstacle")), ("m1", "value")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_k_edited_cells_are_k_changes(office, data):
    lines = data.draw(st.tuples(LINE, LINE))
    grid = store(office, lines, [MISSING, MISSING])
    book: Workbook = opened(written(grid))
    sheet = book[ENTRY_SHEET]
    expected = {}
    for place, cell in data.draw(st.lists(st.sampled_from(CELLS), unique=True)):
        number = int(place[1:])
        if place.startswith("l"):
            key = f"l{office.line(office.village, f'P1.K1.S{number}').pk}"
            old = lines[number - 1][cell]
        else:
            key, old = f"m{office.indicator(f'k-kelurahan-{number}').pk}", MISSING
        wanted = data.draw(
            {"amount": AMOUNTS, "physical": PERCENTS, "value": COUNTS, "obstacle": TEXTS}[cell]
        )
        if isinstance(wanted, Measured):
            number_typed = None if wanted.number is None else float(wanted.number)
            fill(sheet, key, cell, number_typed, WORDS.get(wanted, "angka"))
        else:
            wanted = plain_text(wanted)
            old = plain_text(old)
            fill(sheet, key, cell, None)
            if wanted:
                column = HOLDS[cell][0]
                type_text(sheet, key, column, wanted)
        if wanted != old:
            expected[f"{key}-{cell}"] = wanted
    found = compared(grid, saved(book))
    assert found.problems == []
    assert {change.name: change.new for change in found.changes} == expected
    written_cells = [
        cell
        for edits in (found.edits().realisations, found.edits().measurements)
        for row in edits.values()
        for cell in row
    ]
    assert len(written_cells) == len(expected)


def type_text(sheet, key: str, column: str, text: str) -> None:
    """As Excel stores what was typed behind its mark for texts."""
    cell = sheet.cell(row_of(sheet, key), PLACES[column])
    cell.value = text
    cell.data_type = "s"


@pytest.mark.parametrize(
    "number",
    ["0.1", "123456789012.34", "0.000001", "99999999.999999", "33.333333", "100", "12345678901234.123456"],
)
def test_crooked_numbers_survive_the_binary_fraction(office, number):
    line = {"amount": MISSING, "physical": MISSING, "obstacle": "", "solution": ""}
    count = Measured.of(Decimal(number))
    grid = store(office, [line, line], [count, MISSING])
    found = compared(grid, saved(opened(written(grid))))
    assert (found.changes, found.problems) == ([], [])


@pytest.mark.parametrize(
    ("stored", "came_back", "same"),
    [
        ("12345678901234.123456", "12345678901234.1", True),
        ("0.1", "0.1", True),
        ("12345678901234.9", "12345678901234.1", False),
        ("0", "0.000001", False),
    ],
)
def test_digits_beyond_the_fifteenth_are_no_change(stored, came_back, same):
    """PostgreSQL keeps more digits than a spreadsheet does."""
    assert same_number(Decimal(stored), Decimal(came_back)) is same
