"""What of the core can be found: units and quarters, agreements, evidence, criteria, meetings, positions.

A record never names a person: offices are found by their title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Model
from django.urls import reverse

from sakip.indonesian import date_long
from sakip.models import (
    Agency,
    AgreedAction,
    Agreement,
    AgreementKind,
    EvidenceKind,
    Measurement,
    Meeting,
    RowState,
    Unit,
    UnitQuarter,
)
from sakip.queries import evaluation
from sakip.queries.agreements import anchor_of
from sakip.queries.lke import worksheet
from sakip.queries.officials import officials
from sakip.queries.profile import positions, units
from sakip.queries.search import Kind, Record
from sakip.scoring.quarters import ROMAN


@dataclass(frozen=True)
class Places:
    """Where the rows of an agency's year are shown, on a day. Reads units and quarters once each."""

    agency: Agency
    year: int
    on: date

    @cached_property
    def units(self) -> Mapping[int, Unit]:
        return {unit.pk: unit for unit in units(self.agency)}

    @cached_property
    def quarters(self) -> Sequence[UnitQuarter]:
        """Of active units, a unit's last first."""
        found = UnitQuarter.objects.filter(unit__in=self.units, year=self.year)
        return list(found.order_by("unit__sort_order", "unit__name", "-quarter"))

    @cached_property
    def current(self) -> Mapping[int, int]:
        """By unit, the last quarter whose entry has begun; the first where none has."""
        found: dict[int, int] = {}
        for row in self.quarters:
            if row.entry_opens is None or row.entry_opens <= self.on:
                found.setdefault(row.unit_id, row.quarter)
        return {row.unit_id: row.quarter for row in self.quarters} | found

    def page(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.agency.slug, self.year, *more])

    def entry(self, unit: Unit, quarter: int, anchor: str = "") -> str:
        address = self.page("entry", unit.slug, quarter)
        return f"{address}#{anchor}" if anchor else address


def when(unit: Unit | None, quarter: int) -> str:
    """Where a row of a quarter belongs, in words."""
    name = f"{unit.name}, " if unit else ""
    return f"{name}TW {ROMAN[quarter - 1]}"


def unit_records(places: Places) -> Iterator[Record]:
    """The pages of the units, then the entries of their quarters, then their history."""
    for unit in places.units.values():
        yield Record(
            Kind.UNIT, unit.name, places.page("unit_home", unit.slug), "Keadaan unit kerja", unit=unit.pk
        )
    for row in places.quarters:
        unit = places.units[row.unit_id]
        yield Record(
            Kind.UNIT,
            f"Isian triwulan {row.roman}, {unit.name}",
            places.entry(unit, row.quarter),
            RowState(row.state).label,
            words=f"TW {row.quarter} {row.roman} realisasi",
            unit=unit.pk,
        )
    for unit in places.units.values():
        address = f"{places.page('history')}?unit={unit.slug}"
        yield Record(Kind.UNIT, f"Riwayat {unit.name}", address, "Perubahan data unit", unit=unit.pk)


def position_records(places: Places, chart: str) -> Iterator[Record]:
    """Boxes of the organisation chart, shown at the address `chart`, and titles of office holders."""
    titles: dict[str, Record] = {}
    for position in positions(places.agency):
        place = f"{position.get_kind_display()}, struktur organisasi"
        titles.setdefault(position.name, Record(Kind.POSITION, position.name, chart, place))
    for holder in officials(places.agency):
        unit = places.units.get(holder.unit_id or 0)
        if holder.agency_id is not None and unit is not None:
            address = places.page("unit_home", unit.slug)
            titles.setdefault(
                holder.title, Record(Kind.POSITION, holder.title, address, unit.name, unit=unit.pk)
            )
    yield from titles.values()


def agreement_records(places: Places) -> Iterator[Record]:
    """The year's agreement, its revisions and the RKT, each at its place on their page; a draft is found on
    that page. One query."""
    documents = Agreement.objects.in_year(places.agency, places.year).filter(is_draft=False)
    found = list(documents.order_by("-revision", "-kind"))
    in_force = next((row for row in found if row.counts), None)
    for row in found:
        standing = "Berlaku" if row is in_force else ""
        signed = f"ditandatangani {date_long(row.signed_on)}" if row.signed_on else "tanggal belum diisi"
        address = f"{places.page('agreements')}#{anchor_of(row)}"
        code = "RKT" if row.kind == AgreementKind.ANNUAL_PLAN else "PK"
        words = f"{code} {row.get_kind_display()}"
        place = ", ".join(part for part in (standing, signed) if part)
        yield Record(Kind.AGREEMENT, row.title, address, place[:1].upper() + place[1:], words=words)


# ---------------------------------------------------------------- evidence
def evidence_of_rows(places: Places, rows: type[Model], kind: str, owner: str) -> Iterator[Record]:
    """Evidence of a `kind` of quarter rows, as addresses call it, by the row's `owner` key. One query."""
    through = rows.evidence.through  # type: ignore[attr-defined]
    row = rows._meta.model_name
    found = through.objects.filter(
        **{f"{row}__unit_quarter__unit__in": places.units, f"{row}__unit_quarter__year": places.year}
    ).order_by("-evidence__added_at", "-evidence_id")
    values = found.values_list(
        "evidence_id",
        "evidence__name",
        "evidence__kind",
        "evidence__description",
        f"{row}__unit_quarter__unit_id",
        f"{row}__unit_quarter__quarter",
        f"{row}__{owner}",
    )
    for key, name, evidence_kind, text, unit_key, quarter, row_key in values:
        unit = places.units[unit_key]
        address = places.page("evidence", unit.slug, quarter, kind, row_key)
        label = EvidenceKind(evidence_kind).label
        place = f"{label}, {when(unit, quarter)}"
        yield Record(Kind.EVIDENCE, name, f"{address}#bukti-{key}", place, text, unit=unit_key)


def indicator_evidence(places: Places) -> Iterator[Record]:
    yield from evidence_of_rows(places, Measurement, "indikator", "indicator_id")


def followup_evidence(places: Places) -> Iterator[Record]:
    """Proof of what meetings agreed on. One query."""
    found = AgreedAction.evidence.through.objects.filter(
        agreedaction__meeting__agency=places.agency, agreedaction__meeting__year=places.year
    ).order_by("-evidence__added_at", "-evidence_id")
    for name, text, action, unit in found.values_list(
        "evidence__name", "evidence__description", "agreedaction_id", "agreedaction__unit_id"
    ):
        address = places.page("agreed_action", action)
        yield Record(Kind.EVIDENCE, name, address, "Bukti tindak lanjut rapat", text, unit=unit)


# ---------------------------------------------------------------- the evaluator's worksheet
def criterion_records(places: Places) -> Iterator[Record]:
    """The criteria with what the office answered, and the evidence it gave. Six queries."""
    for sub in worksheet(places.agency, places.year):
        component = sub.sub_component.get_component_display()
        for row in sub.criteria:
            address = places.page("criterion", row.code)
            answer = row.answer.statement if row.answer else ""
            codes = (row.code,)
            yield Record(Kind.CRITERION, row.criterion.text, address, component, answer, codes, "LKE")
            for piece in row.evidence:
                place = f"Kriteria {row.code} evaluasi AKIP"
                yield Record(Kind.EVIDENCE, piece.name, f"{address}#bukti", place, piece.description)


# ---------------------------------------------------------------- meetings and recommendations
def meeting_records(places: Places) -> Iterator[Record]:
    """The year's meetings and what they agreed on. Two queries."""
    of_year = Meeting.objects.filter(agency=places.agency, year=places.year)
    for meeting in of_year.defer("minutes_document").order_by("-quarter"):
        yield Record(
            Kind.MEETING,
            str(meeting),
            places.page("meeting", meeting.quarter),
            f"{date_long(meeting.held_on)}, notulen {meeting.get_state_display().lower()}",
            f"{meeting.agenda} {meeting.minutes}".strip(),
        )
    actions = AgreedAction.objects.filter(meeting__in=of_year).select_related("meeting", "unit")
    for action in actions.order_by("-meeting__quarter", "number"):
        place = f"{action.get_state_display()}, {when(action.unit, action.meeting.quarter)}"
        address = places.page("agreed_action", action.pk)
        yield Record(
            Kind.MEETING, action.text, address, f"Tindak lanjut, {place}", action.report, unit=action.unit_id
        )


def recommendation_records(found: evaluation.Recommendations, address: str) -> Iterator[Record]:
    """Those of the latest evaluation, shown at the address."""
    for item in found.items:
        place = f"Nomor {item.number}, evaluasi {found.year}, {item.status.label.lower()}"
        yield Record(Kind.RECOMMENDATION, item.text, address, place, item.follow_up)
