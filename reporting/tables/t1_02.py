"""Table 1.2: staff by age group."""

from reporting.tables.base import Table
from reporting.tables.staff import staff_table
from reporting.year import OfficeYear
from sakip.models import StaffDimension


def build(year: OfficeYear) -> Table:
    return staff_table(year, "1.2", StaffDimension.AGE)
