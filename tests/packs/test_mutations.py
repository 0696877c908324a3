"""Whatever is done to a pack, it loads or says what is wrong: no other error, and never half a pack."""

import random
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sakip.models import Agency, Unit
from sakip.packs.faults import PackFaultsError
from tests.packs.building import DINAS, HEADINGS, load, write_dinas, write_rows

ODD = "|0|-1|7|99999999999999999999|1,5|1.5|ya|nihil|tidak_berlaku|2025|S|2025-02-30|bidang-a|perubahan"
CELLS = st.one_of(
    st.sampled_from([*ODD.split("|"), "x" * 500, "\x00"]),
    st.text(max_size=20).filter(lambda text: "\r" not in text),
)
FILES = sorted(DINAS)


@st.composite
def mutations(draw: st.DrawFn):
    """A cell changed, a line doubled or dropped, or bytes changed, a few times over."""
    name = draw(st.sampled_from(FILES))
    match draw(st.sampled_from(["cell", "cell", "cell", "double", "drop", "bytes"])):
        case "cell":
            return ("cell", name, draw(st.integers(0, 4)), draw(st.sampled_from(HEADINGS[name])), draw(CELLS))
        case "bytes":
            return ("bytes", name, draw(st.integers(0, 2**32)), draw(st.binary(min_size=1, max_size=4)), None)
        case other:
            return (other, name, draw(st.integers(0, 4)), None, None)


def mutate(folder: Path, changes) -> None:
    rows = {name: [dict(row) for row in found] for name, found in DINAS.items()}
    for kind, name, where, column, value in changes:
        if kind == "bytes":
            continue
        place = where % len(rows[name]) if rows[name] else None
        if place is None:
            continue
        if kind == "cell":
            rows[name][place][column] = value
        elif kind == "double":
            rows[name].append(dict(rows[name][place]))
        else:
            del rows[name][place]
    for name, found in rows.items():
        write_rows(folder / f"{name}.csv", HEADINGS[name], found)
    for kind, name, where, piece, _ in changes:
        if kind == "bytes":
            path = folder / f"{name}.csv"
            content = path.read_bytes()
            at = random.Random(where).randrange(len(content) + 1)
            path.write_bytes(content[:at] + piece + content[at + len(piece) :])


def try_to_load(folder: Path) -> None:
    units = Unit.objects.count()
    faults = None
    with transaction.atomic():
        try:
            load(folder)
        except PackFaultsError as error:
            faults = error.faults
        is_loaded = Agency.objects.filter(slug="dinas-contoh").exists() or Unit.objects.count() > units
        transaction.set_rollback(True)
    if faults is not None:
        assert not is_loaded
        assert faults
        assert all(fault.file and fault.expected and str(fault) for fault in faults)


COMMON = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@pytest.mark.django_db
@settings(max_examples=60, **COMMON)
@given(changes=st.lists(mutations(), min_size=1, max_size=3))
def test_a_spoilt_pack_is_refused_in_words(tmp_path, changes):
    mutate(write_dinas(tmp_path / "dinas"), changes)
    try_to_load(tmp_path / "dinas")


@pytest.mark.full
@pytest.mark.django_db
@settings(max_examples=3000, **COMMON)
@given(changes=st.lists(mutations(), min_size=1, max_size=5))
def test_many_spoilt_packs_are_refused_in_words(tmp_path, changes):
    mutate(write_dinas(tmp_path / "dinas"), changes)
    try_to_load(tmp_path / "dinas")
