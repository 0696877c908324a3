"""Who answers for the units of an agency today."""

from datetime import date

from sakip.models import Agency, Membership, Role


def unit_heads(agency: Agency, on: date) -> dict[int, str]:
    """By unit, the names of those who hold the role of penanggung jawab; one query."""
    held = Membership.objects.current(on).filter(
        agency=agency, role=Role.UNIT_HEAD, unit__isnull=False, user__is_active=True
    )
    found: dict[int, str] = {}
    for row in held.select_related("user").order_by("pk"):
        unit = row.unit_id
        assert unit is not None
        found[unit] = f"{found[unit]}, {row.user}" if unit in found else str(row.user)
    return found
