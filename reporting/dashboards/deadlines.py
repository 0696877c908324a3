"""The days of the year that are no quarter's: the agreement's signing, the reports, the plan's end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from reporting.dashboards.office import OfficeQuarter
from reporting.dashboards.reports_due import ReportDeadline
from sakip import indonesian
from sakip.queries.agreements import binding_agreements
from sakip.queries.planning import in_force_during

Context = dict[str, object]
NOT_SET = "belum ditetapkan"


def rows(seen: OfficeQuarter) -> list[Context]:
    """Rows of the calendar: `name`, `day` as text, `told` says how it stands, with a `tone` where that is
    worth a colour; `url` where it is seen to."""
    return [*_agreement(seen), *(_report(seen, found) for found in seen.reports), *_plan(seen)]


def _agreement(seen: OfficeQuarter) -> Iterator[Context]:
    found = binding_agreements(seen.office.agency, seen.office.year)
    url = reverse("agreements", args=[seen.office.agency.slug, seen.office.year])
    for agreement in found:
        day = agreement.signed_on
        yield {
            "name": agreement.title,
            "day": indonesian.date_long(day) if day else NOT_SET,
            "told": "Ditandatangani" if day else "Tanggal penandatanganan belum diisi",
            "tone": "success" if day else "warning",
            "url": url,
        }
    if not found:
        yield {
            "name": f"Perjanjian Kinerja {seen.office.year}",
            "day": NOT_SET,
            "told": "Perjanjian kinerja tahun ini belum ada",
            "tone": "warning",
        }


def _report(seen: OfficeQuarter, found: ReportDeadline) -> Context:
    told, tone = standing(found, seen.on)
    return {
        "name": f"Penyampaian LKjIP {found.year}",
        "day": indonesian.date_long(found.due) if found.due else NOT_SET,
        "told": told,
        "tone": tone,
        "url": reverse("editions", args=[seen.office.agency.slug, found.year]),
    }


def standing(found: ReportDeadline, on: date) -> tuple[str, str]:
    """How a report stands on a day, in words, and the tone of that; empty for what says nothing."""
    if found.issued_on is not None:
        told = f"Edisi pertama terbit {indonesian.date_long(found.issued_on)}"
        if found.issued_late:
            return f"{told}, {found.issued_late} hari setelah batas", "warning"
        return told, "success"
    if found.due is None:
        usual = f"akhir Januari sampai akhir Februari {found.year + 1}"
        return f"Lazimnya {usual} (belum diverifikasi)", ""
    if late := found.days_late(on):
        return f"Terlambat {late} hari, belum ada edisi yang terbit", "danger"
    return _days_left(found.due, on), "info"


def _plan(seen: OfficeQuarter) -> Iterator[Context]:
    for plan in in_force_during(seen.office.agency, seen.office.year):
        ends = plan.effective_until or date(plan.last_year, 12, 31)
        yield {
            "name": f"Akhir Renstra {plan.period}",
            "day": indonesian.date_long(ends),
            "told": "Sudah berakhir" if ends < seen.on else _days_left(ends, seen.on),
            "tone": "",
        }


def _days_left(day: date, on: date) -> str:
    """In days within two years, in years beyond."""
    years = day.year - on.year
    if years > 1:
        return f"{years} tahun lagi"
    days = (day - on).days
    return "Hari ini" if days == 0 else f"{indonesian.number(days, 0)} hari lagi"
