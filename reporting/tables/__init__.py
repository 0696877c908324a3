"""The report's tables in their order: each built once from the office's year, whatever shows it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reporting.tables import (
    attachments,
    t1_01,
    t1_02,
    t1_03,
    t1_04,
    t1_05,
    t1_06,
    t1_07,
    t1_08,
    t1_09,
    t2_01,
    t2_02,
    t2_03,
    t3_01,
    t3_02,
    t3_02a,
    t3_03,
    t3_04,
    t3_05,
    t3_06,
    t3_07,
    t3_08_e81,
    t3_09,
    t3_10,
    t3_11,
)
from reporting.tables.base import Table
from reporting.year import OfficeYear

type Builder = Callable[[OfficeYear], Table]

TABLES: Mapping[str, Builder] = MappingProxyType(
    {
        "1.1": t1_01.build,
        "1.2": t1_02.build,
        "1.3": t1_03.build,
        "1.4": t1_04.build,
        "1.5": t1_05.build,
        "1.6": t1_06.build,
        "1.7": t1_07.build,
        "1.8": t1_08.build,
        "1.9": t1_09.build,
        "2.1": t2_01.build,
        "2.2": t2_02.build,
        "2.2a": t2_02.build_programmes,
        "2.3": t2_03.build,
        "2.3a": t2_03.build_programmes,
        "2.3b": t2_03.build_tree,
        "3.1": t3_01.build,
        "3.2": t3_02.build,
        "3.2a": t3_02a.build,
        "3.3": t3_03.build,
        "3.4": t3_04.build,
        "3.5": t3_05.build,
        "3.6": t3_06.build,
        "3.7": t3_07.build,
        "3.8": t3_08_e81.build,
        "3.9": t3_09.build,
        "3.10": t3_10.build,
        "3.11": t3_11.build,
        "L.1": attachments.annual_plan,
        "L.2": attachments.original,
        "L.2a": attachments.original_programmes,
        "L.3": attachments.revised,
        "L.3a": attachments.revised_programmes,
        "L.4": attachments.measurement,
        "L.5": attachments.efficiency,
    }
)


def build_table(year: OfficeYear, number: str) -> Table:
    """One table. Raises KeyError for a number that the report does not have."""
    return TABLES[number](year)
