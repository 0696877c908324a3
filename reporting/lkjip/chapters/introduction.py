"""Chapter I: background, duties, organisation, resources, strategic issues, AKIP result and outline."""

from reporting.lkjip.blocks import Section
from reporting.lkjip.chapters import accountability, attachments, closing, planning, results
from reporting.lkjip.facts import Facts, ReportFacts
from reporting.lkjip.narrative import sentence
from reporting.lkjip.parts import Part
from reporting.lkjip.wording import capitalised, enumerated, listed
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import (
    AgencyKind,
    AkipComponent,
    FactorKind,
    FollowUpStatus,
    LegalBasis,
    Position,
    StaffDimension,
    UnitKind,
)
from sakip.queries.profile import PopulationRow, StaffTable
from sakip.scoring.policy import ScoringPolicy

PARTS = (
    Part("I", "I", "BAB I", "Pendahuluan", 1),
    Part("I.A", "I.A", "A.", "Latar Belakang", 2, "reporting/lkjip/naskah/i_a.txt"),
    Part(
        "I.B",
        "I.B",
        "B.",
        "Dasar Pembentukan, Kedudukan, Tugas, dan Fungsi Organisasi",
        2,
        "reporting/lkjip/naskah/i_b.txt",
    ),
    Part("I.C", "I.C", "C.", "Struktur Organisasi", 2, "reporting/lkjip/naskah/i_c.txt"),
    Part("I.D", "I.D", "D.", "Sumber Daya {{ agency.name }}", 2, "reporting/lkjip/naskah/i_d.txt"),
    Part("I.E", "I.E", "E.", "Aspek Strategis dan Permasalahan", 2, "reporting/lkjip/naskah/i_e.txt"),
    Part(
        "I.F",
        "I.F",
        "F.",
        "Hasil dan Tindak Lanjut Hasil Evaluasi AKIP{% if has_akip %} Tahun {{ akip.year }}{% endif %}",
        2,
        "reporting/lkjip/naskah/i_f.txt",
    ),
    Part("I.G", "I.G", "G.", "Sistematika Penyajian", 2, "reporting/lkjip/naskah/i_g.txt"),
)
# Regulations that the prose names in their places, found by what they are about.
CLEAN = "Bebas dari Korupsi, Kolusi"
SAKIP = "Sistem Akuntabilitas Kinerja Instansi Pemerintah"
GUIDE = "Petunjuk Teknis Perjanjian Kinerja"


def sections(facts: ReportFacts) -> tuple[Section, ...]:
    return facts.sections(PARTS, lambda office: more(office) | {"outline": _outline(facts)})


def more(office: OfficeYear) -> Facts:
    return (
        results.common(office)
        | {"legal": _legal(office), "positions": _positions(office.positions)}
        | {"functions": listed([capitalised(text) for text in office.functions])}
        | _territory(office)
        | _people(office)
        | _equipment(office)
        | _evaluation(office)
        | {
            "is_kecamatan": office.agency.kind == AgencyKind.KECAMATAN,
            "government_head": office.agency.government.head_title,
            "issues": [factor.text for factor in office.issues],
            "problems": results.texts(office, "I.E", FactorKind.INHIBITING),
        }
    )


def _outline(facts: ReportFacts) -> list[Facts]:
    """The chapters with the titles of their sections, as the report really has them."""
    chapters: list[Facts] = []
    names = facts.common | results.common(facts.office)
    for part in (*PARTS, *planning.PARTS, *accountability.PARTS, *closing.PARTS):
        title = sentence(part.title, names)
        if part.level == 1:
            chapters.append({"title": f"Bab {part.number} {title}", "sections": []})
        elif part.level == 2:
            chapters[-1]["sections"].append(title)
    titles = [sentence(title, names) for title in attachments.titles(facts.office)]
    return [*chapters, {"title": "Lampiran", "sections": titles}]


# ---------------------------------------------------------------- legal basis and organisation
def _legal(office: OfficeYear) -> Facts:
    national = [basis for basis in office.legal_bases if basis.agency_id is None]
    return {
        "basis": listed([str(basis) for basis in office.legal_bases]),
        "clean": _citation(national, CLEAN),
        "sakip": _citation(national, SAKIP),
        "guide": _citation(national, GUIDE),
        **{
            name: enumerated([_dated(basis) for basis in office.legal_bases if basis.purpose == purpose])
            for name, purpose in {
                "establishment": "pembentukan",
                "duties": "tugas",
                "structure": "struktur",
            }.items()
        },
    }


def _citation(bases: list[LegalBasis], about: str) -> str:
    found = (basis for basis in bases if about in basis.subject)
    return next((str(basis) for basis in found), "")


def _dated(basis: LegalBasis) -> str:
    day = f", tanggal {indonesian.date_long(basis.enacted_on)}" if basis.enacted_on else ""
    return f"{basis}{day}"


def _positions(positions: tuple[Position, ...]) -> list[Facts]:
    """The posts right below the head, with those below them."""
    head = next((position for position in positions if position.parent_id is None), None)
    if head is None:
        return []

    def below(parent: Position) -> list[Position]:
        return [position for position in positions if position.parent_id == parent.pk]

    listed = [{"name": child.name, "under": [one.name for one in below(child)]} for child in below(head)]
    return [{"name": head.name, "under": []}, *listed]


# ---------------------------------------------------------------- territory, people, equipment
def _territory(office: OfficeYear) -> Facts:
    profile = office.profile
    kelurahan = [
        unit.name.removeprefix("Kelurahan ") for unit in office.units if unit.kind == UnitKind.KELURAHAN
    ]
    if profile is None:
        return {"profile": {}, "borders": [], "kelurahan": enumerated(kelurahan)}
    sides = {
        "utara": profile.border_north,
        "timur": profile.border_east,
        "selatan": profile.border_south,
        "barat": profile.border_west,
    }
    return {
        "profile": {
            "siblings": profile.sibling_count is not None,
            "climate": profile.climate,
            "soils": enumerated([soil.strip() for soil in profile.soil_types.split(",") if soil.strip()]),
            "rivers": profile.rivers,
            "has_water": profile.clean_water_households is not None,
            "population_as_of": profile.population_as_of,
            "staff_as_of": profile.staff_as_of,
            "assets_as_of": profile.assets_as_of,
        },
        "borders": [{"side": side, "place": place} for side, place in sides.items() if place],
        "kelurahan": enumerated(kelurahan),
    }


def _people(office: OfficeYear) -> Facts:
    rows = office.population.rows
    ages, schools = office.staff.get(StaffDimension.AGE), office.staff.get(StaffDimension.EDUCATION)
    return {
        "has_population": bool(rows),
        "most": _residents(max(rows, key=lambda row: row.total), office.policy) if rows else {},
        "least": _residents(min(rows, key=lambda row: row.total), office.policy) if rows else {},
        "has_staff": bool(office.staff),
        "oldest": _largest(ages),
        "schooling": _largest(schools),
        "staff_faults": [fault for table in office.staff.values() for fault in table.faults],
    }


def _residents(row: PopulationRow, policy: ScoringPolicy) -> Facts:
    share = results.printed(row.share, policy)
    return {"name": row.name, "total": indonesian.number(row.total, 0), "share": share}


def _largest(table: StaffTable | None) -> Facts:
    """The category that most of the staff belong to."""
    counted = list(zip(table.total.counts, table.categories, strict=True)) if table else []
    known = [(count, category) for count, category in counted if count]
    if not known:
        return {}
    count, category = max(known, key=lambda pair: pair[0])
    return {"name": category, "count": indonesian.number(count, 0)}


def _equipment(office: OfficeYear) -> Facts:
    return {"has_assets": bool(office.assets.rows), "unknown_assets": office.assets.unknown}


# ---------------------------------------------------------------- AKIP
def _evaluation(office: OfficeYear) -> Facts:
    latest, found = office.latest_akip, office.recommendations
    open_items = [
        {"text": item.text, "obstacle": item.obstacle}
        for item in found.items
        if item.status in {FollowUpStatus.IN_PROGRESS, FollowUpStatus.NOT_STARTED}
    ]
    return {
        "evaluator": latest.evaluator if latest else "",
        "components": enumerated([label.lower() for label in AkipComponent.labels]),
        "has_recommendations": bool(found.items),
        "open_items": open_items,
    }
