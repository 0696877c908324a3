"""The numbered drawings of the report, by chapter and in their order; those without data are left out."""

from collections.abc import Mapping
from types import MappingProxyType

from reporting import office_charts
from reporting.lkjip.blocks import FigureBlock
from reporting.lkjip.cascade import cascade
from reporting.office_charts import Builder
from reporting.year import OfficeYear

CHAPTERS: Mapping[int, Mapping[str, Builder]] = MappingProxyType(
    {
        1: {
            "organisasi": office_charts.organisation,
            "penduduk": office_charts.population,
            "umur": office_charts.staff_by_age,
            "pendidikan": office_charts.staff_by_education,
            "akip": office_charts.akip_trend,
            "tindak_lanjut": office_charts.follow_up,
        },
        2: {"kaskade": cascade},
        3: {
            "capaian": office_charts.achievement,
            "jalur": office_charts.plan_path,
            "serapan_program": office_charts.absorption_per_programme,
            "serapan_unit": office_charts.absorption_per_unit,
            "triwulan": office_charts.quarters,
        },
    }
)
KEYS = tuple(key for builders in CHAPTERS.values() for key in builders)


def build(office: OfficeYear) -> dict[str, FigureBlock]:
    found: dict[str, FigureBlock] = {}
    for chapter, builders in CHAPTERS.items():
        number = 0
        for key, builder in builders.items():
            drawing = builder(office, office_charts.PAGE_WIDTH)
            if drawing is not None:
                number += 1
                found[key] = FigureBlock(f"{chapter}.{number}", drawing.title, drawing.svg, drawing.note)
    return found
