"""What the entry page shows of the workflow: stages, buttons and dialogs, timeline, remarks at rows."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from budget.queries.journey import WAY, Event, Journey
from sakip import indonesian
from sakip.models import RowState, Transition, UnitQuarter
from sakip.workflow import policies
from sakip.workflow.transitions import FILLING_IN, Action, Step
from sakip.workflow.wording import DONE, TONES, names_of, waiting_text

Context = dict[str, object]

ICONS = {
    Action.SUBMIT: "send",
    Action.VERIFY: "checks",
    Action.APPROVE: "circle-check",
    Action.LOCK: "lock",
    Action.RETURN: "arrow-back-up",
    Action.REOPEN: "lock-open",
}
TEXTS = {
    Action.VERIFY: "Semua isian dinyatakan benar dan diteruskan untuk disahkan.",
    Action.APPROVE: "Isian disahkan. Setelah itu hanya perencana dapat membukanya kembali, dengan alasan.",
    Action.LOCK: "Isian tidak dapat diubah lagi. Perencana dapat membukanya kembali, dengan alasan.",
    Action.RETURN: "Semua baris kembali kepada unit untuk diperbaiki. Untuk baris tertentu saja, tutup "
    "jendela ini, tandai barisnya, tulis alasannya, lalu pilih Kembalikan baris bertanda.",
    Action.REOPEN: "Semua baris kembali kepada unit dan harus diajukan, diverifikasi, dan disahkan lagi. "
    "Laporan yang sudah terbit tidak berubah.",
}
# How long a reopened quarter is offered to stay open.
REOPENED_DAYS = 7


def workflow_context(
    found: Journey, unit_quarter: UnitQuarter, standing: policies.Standing, on: date
) -> Context:
    """Everything that the page's workflow parts need."""
    return {
        "journey": found,
        "history_url": _history(unit_quarter),
        "steps": _stages(found, unit_quarter),
        "waiting": waiting_text(unit_quarter.state, unit_quarter.unit.agency),
        "review": _review(unit_quarter, on),
        "buttons": [
            _button(step, unit_quarter, on) for step in found.steps if step.action is not Action.SUBMIT
        ],
        "may_submit": standing.is_open and any(step.action is Action.SUBMIT for step in found.steps),
        "give_back": _give_back(found, unit_quarter, on) if found.may_give_back_rows else None,
        "timeline": [_item(event) for event in found.events],
        "returned": _returned(found),
    }


def _history(unit_quarter: UnitQuarter) -> str:
    """The unit's part of the history."""
    unit = unit_quarter.unit
    address = reverse("history", args=[unit.agency.slug, unit_quarter.year])
    return f"{address}?unit={unit.slug}"


def moment(at: datetime) -> str:
    """'15 Januari 2027 pukul 09.05', in the portal's time zone."""
    local = timezone.localtime(at)
    return f"{indonesian.date_long(local.date())} pukul {local:%H.%M}"


def _stages(found: Journey, unit_quarter: UnitQuarter) -> list[dict[str, str]]:
    state = RowState(unit_quarter.state)
    if state is RowState.RETURNED:
        first = _stage(state, "returned", found.latest(state))
        return [first, *(_stage(stage, "todo", None) for stage in WAY[1:])]
    here = WAY.index(state)
    status = {True: "done", False: "todo"}
    return [
        _stage(
            stage,
            "current" if place == here else status[place < here],
            found.latest(stage) if place <= here else None,
        )
        for place, stage in enumerate(WAY)
    ]


def _stage(state: RowState, status: str, step: Transition | None) -> dict[str, str]:
    if step is None:
        return {"label": state.label, "status": status}
    return {
        "label": state.label,
        "status": status,
        "by": str(step.by or "sistem"),
        "at": indonesian.date_long(timezone.localdate(step.at)),
    }


def _review(unit_quarter: UnitQuarter, on: date) -> str:
    """Until when the reviewers have, in words."""
    left, day = policies.review_days_left(unit_quarter, on), unit_quarter.review_closes
    if left is None or day is None or unit_quarter.state == RowState.APPROVED:
        return ""
    closes = indonesian.date_long(day)
    if left < 0:
        return f"Pemeriksaan terlambat {-left} hari (sampai {closes})."
    return f"Pemeriksaan sampai {closes}, {f'{left} hari lagi' if left else 'hari terakhir'}."


def _button(step: Step, unit_quarter: UnitQuarter, on: date) -> Context:
    """A button and the dialog that it opens."""
    button: Context = {
        "id": f"langkah-{step.action.value}",
        "label": step.label,
        "icon": ICONS[step.action],
        "title": f"{step.label} {unit_quarter}",
        "text": TEXTS[step.action],
        "is_primary": not step.needs_reason,
        "reason_label": "Alasan" if step.needs_reason or step.action is Action.LOCK else "",
        "reason_required": step.needs_reason,
        "hidden": [
            {"name": "action", "value": step.action.value},
            {"name": "version", "value": unit_quarter.version},
        ],
    }
    if step.action is Action.REOPEN:
        button |= _until(on)
    if step.target is RowState.RETURNED:
        who = names_of(FILLING_IN, unit_quarter.unit.agency)
        button["reason_help"] = f"Dibaca oleh {who}: sebutkan apa yang harus diperbaiki."
    return button


def _until(on: date) -> Context:
    return {
        "date_label": "Dapat diisi sampai",
        "date_name": "until",
        "date_value": (on + timedelta(days=REOPENED_DAYS)).isoformat(),
        "date_min": on.isoformat(),
    }


def _give_back(found: Journey, unit_quarter: UnitQuarter, on: date) -> Context:
    """The form for rows that the reviewer has marked."""
    is_reopening = any(
        remark.may_give_back and remark.state in (RowState.APPROVED, RowState.LOCKED)
        for remark in found.remarks.values()
    )
    form: Context = {
        "id": "kembalikan-baris",
        "text": "Hanya baris yang ditandai dapat diubah; baris lain tetap seperti adanya.",
        "hidden": [{"name": "version", "value": unit_quarter.version}],
    }
    return form | _until(on) if is_reopening else form


def _item(event: Event) -> Context:
    step = event.step
    state = RowState(step.to_state)
    tone, icon = TONES[state]
    rows = "; ".join(event.rows) + (f"; dan {event.others} baris lain" if event.others else "")
    what = DONE[state].capitalize() if not event.rows else f"{DONE[state].capitalize()}: {rows}"
    return {
        "at": moment(step.at),
        "who": str(step.by or "sistem"),
        "what": what,
        "text": step.reason,
        "icon": icon,
        "tone": tone,
    }


def _returned(found: Journey) -> Context | None:
    """The notice at the head of a quarter that was given back: why, and which rows."""
    step = found.latest(RowState.RETURNED)
    if step is None or not found.returned:
        return None
    return {
        "title": f"Dikembalikan oleh {step.by or 'sistem'} pada {moment(step.at)}",
        "text": step.reason,
        "rows": found.returned,
        "is_all": len(found.returned) == len(found.remarks),
    }
