"""What waits for the person who asks, in one agency and year."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sakip import indonesian
from sakip.queries.inbox import Task, acts_in, inbox
from sakip.views.agreed_actions import shown_line
from sakip.views.place import PortalRequest, enter
from sakip.workflow.wording import waiting_text


@require_safe
def page(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    place = enter(request, agency, year)
    found = inbox(request.user, place.agency, year, timezone.localdate())
    context = {
        "returned": [_shown(task) for task in found.returned],
        "waiting": [_shown(task) for task in found.waiting],
        "elsewhere": [_shown(task) for task in found.elsewhere],
        "followups": [shown_line(line) for line in found.followups],
        "acts": acts_in(request.user, place.agency),
        "heading": "Tugas",
        "lead": f"Triwulan tahun {year} dan tindak lanjut rapat yang menunggu tindakan Anda.",
    }
    return render(request, "sakip/inbox/page.html", context)


def _shown(task: Task) -> dict[str, object]:
    quarter, on = task.unit_quarter, timezone.localdate()
    unit = quarter.unit
    deadline, is_late = _deadline(task)
    return {
        "name": f"{unit.name}, triwulan {quarter.roman}",
        "url": reverse("entry", args=[unit.agency.slug, quarter.year, unit.slug, quarter.quarter]),
        "state": quarter.state,
        "label": "Perbaiki" if task.is_returned else "Isi" if task.standing.is_open else task.step.label,
        "age": _age(task.age_days(on)),
        "sender": task.sender,
        "waiting": waiting_text(quarter.state, unit.agency),
        "reasons": task.reasons,
        "rows": task.rows,
        "deadline": deadline,
        "is_late": is_late,
    }


def _age(days: int | None) -> str:
    if days is None:
        return ""
    return f"{days} hari yang lalu" if days else "hari ini"


def _deadline(task: Task) -> tuple[str, bool]:
    """Until when, in words, and whether that has passed."""
    found, left = task.standing, task.review_days_left
    if found.is_open:
        if found.closes is None:
            return "", False
        days = f"{found.days_left} hari lagi" if found.days_left else "hari terakhir"
        return f"Pengisian sampai {indonesian.date_long(found.closes)}, {days}.", False
    if task.is_returned:
        return found.reason, True
    day = task.unit_quarter.review_closes
    if left is None or day is None:
        return "", False
    closes = indonesian.date_long(day)
    if left < 0:
        return f"Pemeriksaan terlambat {-left} hari (sampai {closes}).", True
    return f"Pemeriksaan sampai {closes}, {f'{left} hari lagi' if left else 'hari terakhir'}.", False
