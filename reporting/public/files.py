"""The files that the public page hands out: the report as it was issued, and its figures in open formats."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils import timezone

from reporting.lkjip.editions import kept_file, sha256_of
from reporting.public.report import PublicReport, Shown
from sakip.tabular import csv_lines

LICENCE = "Data terbuka; sebutkan sumber."
CSV_TYPE = "text/csv; charset=utf-8"
NOT_OF_A_NUMBER = re.compile(r"[^\d,-]")
INDICATOR_COLUMNS = (
    *("Tahun", "Nomor", "Sasaran", "Indikator", "Satuan", "Target", "Realisasi", "Capaian (%)"),
    *("Status", "Kategori", "Sementara"),
)
BUDGET_COLUMNS = ("Tahun", "Program", "Pagu (Rp)", "Realisasi (Rp)", "Sisa (Rp)", "Serapan (%)", "Sementara")


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the files: its name in the address, what it holds, and how it is made. `make` gives None where
    the edition's file is no longer what was issued."""

    name: str
    title: str
    format: str
    media_type: str
    make: Callable[[PublicReport], bytes | None]


@dataclass(frozen=True, slots=True)
class PublicFile:
    kind: Kind
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return sha256_of(self.content)


def file_of(report: PublicReport, name: str) -> PublicFile | None:
    """KeyError for a name that is none of KINDS."""
    kind = KINDS[name]
    content = kind.make(report)
    return None if content is None else PublicFile(kind, content)


def files_of(report: PublicReport) -> list[PublicFile]:
    return [found for name in KINDS if (found := file_of(report, name))]


# ---------------------------------------------------------------- making them
def _pdf(report: PublicReport) -> bytes | None:
    return kept_file(report.edition)


def _json(report: PublicReport) -> bytes:
    edition = report.edition
    about = {
        "number": edition.number,
        "issued_at": timezone.localtime(edition.issued_at).isoformat(),
        "sha256": edition.sha256,
    }
    content = {"licence": LICENCE, "edition": about, **report.data()}
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def _indicators(report: PublicReport) -> bytes:
    """A row an indicator of the agreement."""
    rows = [
        (
            str(report.year),
            *(row.number, row.outcome, row.name, row.unit_of_measure),
            *map(_number, (row.target, row.realised, row.achievement)),
            *(row.attainment, row.category.printed, _provisional(row.achievement)),
        )
        for row in report.indicators
    ]
    return b"".join(csv_lines(INDICATOR_COLUMNS, rows))


def _budget(report: PublicReport) -> bytes:
    """A row a programme, without a sum, so that adding a column up counts nothing twice."""
    rows = [
        (
            str(report.year),
            row.name,
            *map(_number, (row.ceiling, row.realised, row.unspent, row.absorption)),
            _provisional(row.realised),
        )
        for row in report.programmes
    ]
    return b"".join(csv_lines(BUDGET_COLUMNS, rows))


def _number(figure: Shown) -> str:
    """As it is printed, without grouping and unit; where it is no number its word, as *nihil*."""
    return NOT_OF_A_NUMBER.sub("", figure.printed) if figure.is_number else figure.printed


def _provisional(figure: Shown) -> str:
    return "ya" if figure.provisional else "tidak"


_KINDS = (
    Kind("lkjip.pdf", "Laporan lengkap (LKjIP)", "PDF", "application/pdf", _pdf),
    Kind("data.csv", "Capaian indikator kinerja", "CSV", CSV_TYPE, _indicators),
    Kind("anggaran.csv", "Anggaran dan belanja per program", "CSV", CSV_TYPE, _budget),
    Kind("data.json", "Angka dan tabel laporan", "JSON", "application/json", _json),
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _KINDS})
