"""What a year's worksheet allows, whoever asks: everything until its result is declared, nothing after that;
a recommendation is taken over into that result once it is recorded. Who may is `permissions.py`."""

from django.core.exceptions import PermissionDenied

from sakip import indonesian
from sakip.models import AkipEvaluation


class WorksheetClosed(PermissionDenied):
    """The evaluation of the year is declared; its worksheet is only read."""


def closing_reason(declared: AkipEvaluation | None) -> str:
    """Why the worksheet takes no answers and no judgements; empty while it does. A result without a day of
    issue is known from elsewhere and closes nothing."""
    if declared is None or declared.issued_on is None:
        return ""
    return (
        f"LHE AKIP {declared.year} telah terbit pada {indonesian.date_long(declared.issued_on)} dengan nilai "
        f"{indonesian.number(declared.score)}. Lembar kerja hanya dapat dibaca."
    )


def may_write(declared: AkipEvaluation | None) -> bool:
    return not closing_reason(declared)


def require_write(declared: AkipEvaluation | None) -> None:
    if reason := closing_reason(declared):
        raise WorksheetClosed(reason)


class ResultNotRecorded(PermissionDenied):
    """The year has no LHE yet that a recommendation could be part of."""


def missing_result_reason(declared: AkipEvaluation | None, year: int) -> str:
    """What comes before a recommendation can be taken over into the LHE; empty once it can."""
    if declared is not None:
        return ""
    return (
        f"LHE AKIP {year} belum dicatat. Admin instansi mencatat nilainya lebih dahulu di data dasar; "
        "sesudah itu rekomendasi di lembar kerja dapat dijadikan rekomendasi LHE."
    )


def require_result(declared: AkipEvaluation | None, year: int) -> AkipEvaluation:
    """The LHE itself."""
    if declared is None:
        raise ResultNotRecorded(missing_result_reason(declared, year))
    return declared
