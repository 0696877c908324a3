"""Writing what a workbook brings: the upload that waits, the columns of an office's own sheets, and, all or
nothing, the figures."""

from datetime import datetime, timedelta

from django.db import transaction

from budget.actions.entry import Outcome, save_entries
from budget.forms.entry import EntryEdits
from budget.models import ColumnMapping, SheetUpload
from budget.sheets.foreign import Columns
from sakip.actions.measurement import open_quarter
from sakip.models import UnitQuarter, User

# An upload that nobody came back to.
KEPT_FOR = timedelta(days=7)


class ChangedMeanwhile(Exception):  # noqa: N818 - a fact that the page shows, not a failure
    """A cell was changed between the preview and its application; nothing was written."""


@transaction.atomic
def keep_upload(
    *, unit_quarter: UnitQuarter, name: str, content: bytes, by: User, at: datetime
) -> SheetUpload:
    """Keep a file until it is applied or dropped, in place of an earlier one of the same person and quarter.

    Raises PermissionDenied and QuarterClosed as entering would.
    """
    quarter = open_quarter(unit_quarter, by=by, at=at)
    SheetUpload.objects.filter(at__lt=at - KEPT_FOR).delete()
    SheetUpload.objects.filter(unit_quarter=quarter, by=by).delete()
    return SheetUpload.objects.create(unit_quarter=quarter, by=by, at=at, name=name[-200:], content=content)


@transaction.atomic
def map_columns(
    *, upload: SheetUpload, sheet: str, header_key: str, columns: Columns, by: User, at: datetime
) -> ColumnMapping:
    """Remember for the whole agency how sheets with this heading are read, and read the upload that way."""
    quarter = open_quarter(upload.unit_quarter, by=by, at=at)
    mapping, _ = ColumnMapping.objects.update_or_create(
        agency=quarter.unit.agency,
        header_key=header_key,
        defaults={
            "header_row": columns.header_row,
            "columns": dict(columns.places),
            "updated_at": at,
            "updated_by": by,
        },
    )
    use_mapping(upload=upload, sheet=sheet, mapping=mapping)
    return mapping


def use_mapping(*, upload: SheetUpload, sheet: str, mapping: ColumnMapping) -> None:
    """Read an upload by a mapping that the agency has."""
    upload.sheet, upload.mapping = sheet[:100], mapping
    upload.save(update_fields=["sheet", "mapping"])


def drop_upload(*, upload: SheetUpload) -> None:
    """Forget a file that is not to be applied."""
    upload.delete()


@transaction.atomic
def apply_upload(*, upload: SheetUpload, edits: EntryEdits, by: User, at: datetime) -> Outcome:
    """All cells, or none: by the same permissions, policies and version checks as typing them.

    Raises ChangedMeanwhile where a cell is not as the preview showed it.
    """
    outcome = save_entries(
        unit_quarter=upload.unit_quarter,
        realisations=edits.realisations,
        measurements=edits.measurements,
        by=by,
        at=at,
        reason=f"Unggahan berkas {upload.name}"[:200],
    )
    if outcome.has_conflict:
        raise ChangedMeanwhile
    upload.delete()
    return outcome
