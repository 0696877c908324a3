"""Which unit measures an indicator: the one it names, else the agency's own office."""

from django.db.models import Q

from sakip.models import Indicator, Unit, UnitKind


def measured_by(unit: Unit) -> Q:
    """The indicators whose realisation the unit fills in."""
    own = Q(agency=unit.agency_id, unit=unit)
    return own | Q(agency=unit.agency_id, unit__isnull=True) if unit.kind == UnitKind.OFFICE else own


def is_measured_by(indicator: Indicator, unit: Unit) -> bool:
    if indicator.agency_id != unit.agency_id:
        return False
    return indicator.unit_id == unit.pk or (indicator.unit_id is None and unit.kind == UnitKind.OFFICE)
