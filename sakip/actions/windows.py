"""Setting when quarters are filled in and reviewed and when the report is due; leave to be late."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from sakip.actions import history
from sakip.models import Agency, HistoryAction, QuarterException, ReportingYear, Unit, UnitQuarter, User
from sakip.workflow import permissions
from sakip.workflow.policies import QuarterClosed

FIELDS = ("entry_opens", "entry_closes", "review_closes")


@transaction.atomic
def set_windows(
    *,
    agency: Agency,
    year: int,
    quarter: int,
    entry_opens: date | None,
    entry_closes: date | None,
    review_closes: date | None,
    by: User,
    at: datetime,
) -> int:
    """The dates of a quarter for every active unit of the agency; a unit that lacks the quarter gets it. How
    many units changed. Raises PermissionDenied for anybody but perencana and admin instansi."""
    permissions.require_set_windows(by, agency)
    dates = {"entry_opens": entry_opens, "entry_closes": entry_closes, "review_closes": review_closes}
    known = {
        found.unit_id: found
        for found in UnitQuarter.objects.select_for_update().filter(
            unit__agency=agency, year=year, quarter=quarter
        )
    }
    return sum(
        _set_dates(known.get(unit.pk) or UnitQuarter(unit=unit, year=year, quarter=quarter), dates, by, at)
        for unit in Unit.objects.filter(agency=agency, is_active=True).select_related("agency")
    )


def _set_dates(found: UnitQuarter, dates: dict[str, date | None], by: User, at: datetime) -> bool:
    is_new = found.pk is None
    changes = history.changes_between({field: getattr(found, field) for field in FIELDS}, dict(dates))
    if not (changes or is_new):
        return False
    for field, value in dates.items():
        setattr(found, field, value)
    found.save(update_fields=None if is_new else FIELDS)
    history.record(
        agency=found.unit.agency,
        unit=found.unit,
        subject=found,
        action=HistoryAction.CREATE if is_new else HistoryAction.UPDATE,
        changes=changes,
        by=by,
        at=at,
    )
    return True


@transaction.atomic
def set_report_due(
    *, reporting_year: ReportingYear, report_due: date | None, by: User, at: datetime
) -> ReportingYear:
    """The last day for the year's report, None for no date; the same date again writes nothing. Raises
    PermissionDenied as `set_windows` does."""
    agency = reporting_year.agency
    permissions.require_set_windows(by, agency)
    found = ReportingYear.objects.select_for_update().get(pk=reporting_year.pk)
    changes = history.changes_between({"report_due": found.report_due}, {"report_due": report_due})
    if changes:
        found.report_due = report_due
        found.save(update_fields=["report_due"])
        history.record(
            agency=agency,
            unit=None,
            subject=found,
            action=HistoryAction.UPDATE,
            changes=changes,
            by=by,
            at=at,
        )
    return found


@transaction.atomic
def grant_exception(
    *, unit_quarter: UnitQuarter, reason: str, valid_until: date, by: User, at: datetime
) -> QuarterException:
    """Leave for a unit to fill in until a day. Raises PermissionDenied as `set_windows` does, QuarterClosed
    for a day that has passed or a missing reason."""
    unit = unit_quarter.unit
    permissions.require_set_windows(by, unit.agency)
    if not reason.strip():
        raise QuarterClosed("Perpanjangan: alasan wajib diisi.")
    if valid_until < timezone.localdate(at):
        raise QuarterClosed("Perpanjangan: tanggal berakhirnya sudah lewat.")
    leave = QuarterException.objects.create(
        unit_quarter=unit_quarter,
        reason=reason.strip(),
        valid_until=valid_until,
        granted_by=by,
        granted_at=at,
    )
    history.record(
        agency=unit.agency,
        unit=unit,
        subject=leave,
        action=HistoryAction.CREATE,
        changes=[history.Change("valid_until", "", history.shown(valid_until))],
        by=by,
        at=at,
        reason=leave.reason,
    )
    return leave


@transaction.atomic
def end_exception(*, leave: QuarterException, by: User, at: datetime) -> None:
    """Take a leave back from today on; one that has ended already stays as it is."""
    unit = leave.unit_quarter.unit
    permissions.require_set_windows(by, unit.agency)
    yesterday = timezone.localdate(at) - timedelta(days=1)
    leave = QuarterException.objects.select_for_update().get(pk=leave.pk)
    if leave.valid_until <= yesterday:
        return
    before, leave.valid_until = leave.valid_until, yesterday
    leave.save(update_fields=["valid_until"])
    history.record(
        agency=unit.agency,
        unit=unit,
        subject=leave,
        action=HistoryAction.UPDATE,
        changes=[history.Change("valid_until", history.shown(before), history.shown(yesterday))],
        by=by,
        at=at,
        reason="Perpanjangan diakhiri.",
    )
