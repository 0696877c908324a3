"""The outline of the report: what a part is, and by which key a text names each table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its manuscript (empty for a mere heading). `title` may name figures."""

    key: str
    number: str
    label: str
    title: str
    level: int
    manuscript: str = ""


TABLE_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "penduduk": "1.1",
        "umur": "1.2",
        "golongan": "1.3",
        "pendidikan": "1.4",
        "jabatan": "1.5",
        "kelamin": "1.6",
        "sarana": "1.7",
        "akip": "1.8",
        "rekomendasi": "1.9",
        "relevansi": "2.1",
        "pk": "2.2",
        "pk_program": "2.2a",
        "pk_perubahan": "2.3",
        "pk_perubahan_program": "2.3a",
        "pohon_program": "2.3b",
        "kategori": "3.1",
        "capaian": "3.2",
        "unsur_ikm": "3.2a",
        "antartahun": "3.3",
        "akhir_renstra": "3.4",
        "standar": "3.5",
        "efisiensi": "3.6",
        "anggaran": "3.7",
        "pengendalian": "3.8",
        "koreksi": "3.9",
        "nko": "3.10",
        "penghargaan": "3.11",
        "rkt": "L.1",
        "pk_lampiran": "L.2",
        "pk_lampiran_program": "L.2a",
        "perubahan_lampiran": "L.3",
        "perubahan_lampiran_program": "L.3a",
        "pengukuran": "L.4",
        "efisiensi_lampiran": "L.5",
    }
)
