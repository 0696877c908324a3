"""What has to be in place before a year can be worked in, each step with where it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from budget.models import Ceiling
from sakip import indonesian
from sakip.models import AkipEvaluation, ScoringPolicy, Unit, UnitQuarter
from sakip.queries.agreements import binding_agreements
from sakip.queries.planning import in_force_during
from sakip.scoring.quarters import QUARTERS
from sakip.views.place import Place

# From this month on the next year is prepared.
PREPARED_FROM = 10


@dataclass(frozen=True, slots=True)
class Step:
    """`told` says how far it is; `url` is empty where somebody else takes it."""

    name: str
    told: str
    is_done: bool
    url: str


def steps(place: Place, units: Sequence[Unit], on: date) -> list[Step]:
    """In the order in which they are taken; seven queries at most."""
    agency, year = place.agency, place.year
    opened = place.reporting_year
    found = [
        _opened(place),
        _policy(place),
        Step(
            "Unit kerja",
            f"{len(units)} unit aktif" if units else "Belum ada unit aktif",
            bool(units),
            reverse("admin:sakip_unit_changelist"),
        ),
        _present("Renstra yang berlaku", in_force_during(agency, year).exists(), "sakip_strategicplan"),
        _present(
            "Pagu anggaran",
            Ceiling.objects.filter(version__agency=agency, version__year=year).exists(),
            "budget_budgetversion",
        ),
        _agreed(place),
        _schedule(place, units),
    ]
    if opened:
        due = opened.report_due
        told = indonesian.date_long(due) if due else "Belum ditetapkan"
        found.append(Step("Batas penyampaian LKjIP", told, due is not None, _windows(place)))
    found.append(_evaluated(place))
    if year == on.year and on.month >= PREPARED_FROM:
        is_open = any(row.year == year + 1 for row in place.years)
        told = "Sudah dibuka" if is_open else "Belum dibuka"
        url = reverse("admin_home", args=[agency.slug, year + 1])
        found.append(Step(f"Tahun berikutnya, {year + 1}", told, is_open, url))
    return found


def prefilled(name: str, **values: object) -> str:
    """The form of the admin site that adds a row, with these values in it."""
    return f"{reverse(f'admin:{name}_add')}?{urlencode(values)}"


def _opened(place: Place) -> Step:
    name, agency, row = f"Tahun pelaporan {place.year}", place.agency, place.reporting_year
    if row is None:
        url = prefilled("sakip_reportingyear", agency=agency.pk, year=place.year)
        return Step(name, "Belum dibuka", False, url)
    return Step(name, "Sudah dibuka", True, reverse("admin:sakip_reportingyear_change", args=[row.pk]))


def _policy(place: Place) -> Step:
    """Shared by the agencies of the government: an administrator of one reads it only."""
    try:
        found = ScoringPolicy.objects.for_year(place.agency.government_id, place.year)
    except ScoringPolicy.DoesNotExist:
        return Step("Kebijakan penilaian", "Belum ada; pengelola portal kota yang menetapkannya", False, "")
    return Step("Kebijakan penilaian", found.name, True, "")


def _present(name: str, is_there: bool, rows: str) -> Step:
    """`rows` names their list in the admin site."""
    return Step(name, _is_there(is_there), is_there, reverse(f"admin:{rows}_changelist"))


def _is_there(is_there: bool) -> str:
    return "Ada" if is_there else "Belum ada"


def _agreed(place: Place) -> Step:
    """Written by the perencana, on the page of the agreements."""
    agency, year = place.agency, place.year
    is_there = bool(binding_agreements(agency, year))
    url = reverse("agreements", args=[agency.slug, year])
    return Step(f"Perjanjian kinerja {year}", _is_there(is_there), is_there, url)


def _schedule(place: Place, units: Sequence[Unit]) -> Step:
    """A quarter has a schedule once the days are set on which its entries open and close."""
    dated = UnitQuarter.objects.filter(
        ~Q(entry_opens=None), ~Q(entry_closes=None), unit__in=units, year=place.year
    ).count()
    wanted = len(units) * len(QUARTERS)
    told = f"{dated} dari {wanted} triwulan unit berjadwal"
    return Step("Jadwal pengisian", told, bool(wanted) and dated == wanted, _windows(place))


def _evaluated(place: Place) -> Step:
    year, agency = place.year - 1, place.agency
    found = AkipEvaluation.objects.filter(agency=agency, year=year).first()
    name = f"LHE AKIP {year}"
    if found is None:
        return Step(
            name, "Belum dicatat", False, prefilled("sakip_akipevaluation", agency=agency.pk, year=year)
        )
    url = reverse("admin:sakip_akipevaluation_change", args=[found.pk])
    return Step(name, f"Nilai {indonesian.number(found.score)}", True, url)


def _windows(place: Place) -> str:
    return reverse("windows", args=[place.agency.slug, place.year])
