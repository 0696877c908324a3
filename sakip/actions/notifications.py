"""Mails: written into the outbox with the event that they tell of, handed over later by one command.

A mail is written once (its key names event and person) and claimed before it is handed over, so that two
senders never both send it. If the machine stops in between, the claim lapses and the mail goes out again
under the same Message-ID, so that a mailbox shows it once: none is lost.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from sakip import indonesian
from sakip.actions import history
from sakip.models import (
    Agency,
    HistoryAction,
    Membership,
    OutgoingMail,
    Role,
    RowState,
    Transition,
    UnitQuarter,
    User,
)
from sakip.workflow import policies
from sakip.workflow.transitions import FILLING_IN, step_on
from sakip.workflow.wording import DONE, waiting_text

# Days before the end of a window on which those for whom it ends are reminded.
REMINDERS = (7, 3, 1)
CLAIM_LAPSES = timedelta(minutes=15)
MOST_ATTEMPTS = 10
# Whom an event concerns beside those for whom the quarter now waits.
ALSO_TOLD = {RowState.RETURNED: FILLING_IN, RowState.APPROVED: FILLING_IN}


# ---------------------------------------------------------------- writing
def tell_transition(moved: Transition, *, rows: Iterable[str] = ()) -> int:
    """One mail to everybody whom a step of a quarter concerns, but not to the one who took it. `rows` names
    the rows that were given back, where it was not the whole quarter. How many were written."""
    quarter = moved.unit_quarter
    state = RowState(moved.to_state)
    step = step_on(state)
    roles = (step.roles if step else frozenset()) | ALSO_TOLD.get(state, frozenset())
    if state is RowState.LOCKED:
        roles = frozenset()
    who = f" oleh {moved.by}" if moved.by else ""
    lines = [f"{quarter} {DONE[state]}{who} pada {indonesian.date_long(timezone.localdate(moved.at))}."]
    if named := list(rows):
        lines.append("Baris: " + "; ".join(named) + ".")
    if moved.reason:
        lines.append(f"Alasan: {moved.reason}")
    if waiting := waiting_text(state, quarter.unit.agency):
        lines.append(f"{waiting}.")
    people = people_of(quarter, roles, timezone.localdate(moved.at))
    return _write(
        quarter,
        [person for person in people if person.pk != moved.by_id],
        event=f"langkah:{moved.pk}",
        subject=f"{quarter} {DONE[state]}",
        lines=lines,
        at=moved.at,
    )


def tell_deadlines(*, at: datetime) -> int:
    """Reminders of windows that end soon, once a quarter, date and number of days. How many were written."""
    today = timezone.localdate(at)
    soon = today + timedelta(days=max(REMINDERS))
    ending = (
        UnitQuarter.objects.filter(unit__is_active=True)
        .filter(
            Q(entry_closes__range=(today, soon))
            | Q(review_closes__range=(today, soon))
            | Q(exceptions__valid_until__range=(today, soon))
        )
        .select_related("unit__agency")
        .prefetch_related("exceptions")
        .distinct()
    )
    return sum(_remind(quarter, today, at) for quarter in ending)


def _remind(quarter: UnitQuarter, today: date, at: datetime) -> int:
    """To those who fill in while it is open, to the reviewers for whom it waits afterwards."""
    step = step_on(quarter.state)
    found = policies.standing(quarter, today)
    closes = found.closes if found.is_open else quarter.review_closes
    if step is None or step.by_clock or closes is None or closes < today:
        return 0
    left = (closes - today).days
    reached = [days for days in REMINDERS if left <= days]
    if not reached:
        return 0
    when = "hari ini" if left == 0 else f"{left} hari lagi"
    what = "Pengisian" if found.is_open else "Pemeriksaan"
    lines = [
        f"{what} {quarter} berakhir {when}, pada {indonesian.date_long(closes)}.",
        f"{waiting_text(quarter.state, quarter.unit.agency)}.",
    ]
    return _write(
        quarter,
        people_of(quarter, step.roles, today),
        event=f"tenggat:{quarter.pk}:{quarter.state}:{closes}:{min(reached)}",
        subject=f"{quarter}: {what.lower()} berakhir {when}",
        lines=lines,
        at=at,
    )


def people_of(quarter: UnitQuarter, roles: Iterable[Role], on: date) -> QuerySet[User]:
    """Whoever holds one of the roles for the quarter's unit, has an address and wants mail."""
    unit = quarter.unit
    holding = (
        Membership.objects.current(on)
        .filter(agency=unit.agency_id, role__in=[role.value for role in roles])
        .filter(Q(unit=unit.pk) | Q(unit__isnull=True))
    )
    wanting = User.objects.filter(is_active=True, wants_mail=True).exclude(email="")
    return wanting.filter(pk__in=holding.values("user")).order_by("pk")


def _write(
    quarter: UnitQuarter,
    people: Iterable[User],
    *,
    event: str,
    subject: str,
    lines: list[str],
    at: datetime,
) -> int:
    agency: Agency = quarter.unit.agency
    place = [agency.slug, quarter.year, quarter.unit.slug, quarter.quarter]
    mails = [
        OutgoingMail(
            agency=agency,
            recipient=person,
            key=f"{event}:{person.pk}",
            subject=subject[:200],
            body="\n\n".join([f"Yth. {person},", *lines]),
            path=reverse("entry", args=place),
            created_at=at,
        )
        for person in people
    ]
    known = set(OutgoingMail.objects.filter(key__in=[m.key for m in mails]).values_list("key", flat=True))
    OutgoingMail.objects.bulk_create([m for m in mails if m.key not in known], ignore_conflicts=True)
    return len(mails) - len(known)


# ---------------------------------------------------------------- choosing
@transaction.atomic
def choose_mail(*, user: User, wants_mail: bool, email: str, at: datetime) -> None:
    """Whether and where somebody wants mail. What waits for one who wants none is dropped."""
    before = User.objects.select_for_update().values("email", "wants_mail").get(pk=user.pk)
    after = {"email": email, "wants_mail": wants_mail}
    User.objects.filter(pk=user.pk).update(**after)
    history.record(
        agency=None,
        unit=None,
        subject=user,
        action=HistoryAction.UPDATE,
        changes=history.changes_between(before, after),
        by=user,
        at=at,
    )
    if not wants_mail:
        OutgoingMail.objects.filter(recipient=user, sent_at__isnull=True).delete()


# ---------------------------------------------------------------- sending
def send_waiting(*, at: datetime) -> tuple[int, int]:
    """Hand over what waits; how many went out and how many failed. One failure does not stop the others; a
    mail that failed is tried again the next time, ten times in all."""
    OutgoingMail.objects.filter(sent_at__isnull=True, recipient__wants_mail=False).delete()
    waiting = _waiting(at).select_related("recipient")
    sent = failed = 0
    for mail in waiting:
        if not _waiting(at).filter(pk=mail.pk).update(claimed_at=at, attempts=F("attempts") + 1):
            continue  # another sender was quicker
        try:
            _hand_over(mail)
        except Exception as fault:  # whatever a mail server answers must not hold up the others
            OutgoingMail.objects.filter(pk=mail.pk).update(claimed_at=None, error=str(fault)[:300])
            failed += 1
        else:
            OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=at, error="")
            sent += 1
    return sent, failed


def _waiting(at: datetime) -> QuerySet[OutgoingMail]:
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - CLAIM_LAPSES)
    return OutgoingMail.objects.filter(free, sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS)


def _hand_over(mail: OutgoingMail) -> None:
    body = [mail.body]
    if mail.path and settings.PORTAL_URL:
        body.append(f"Buka: {settings.PORTAL_URL}{mail.path}")
    body.append(
        "Surel ini dikirim oleh Portal SAKIP. Anda dapat mematikannya pada menu akun, bagian Pemberitahuan."
    )
    EmailMessage(
        subject=mail.subject,
        body="\n\n".join(body) + "\n",
        to=[mail.recipient.email],
        headers={"Message-ID": f"<{mail.pk}.{mail.created_at.timestamp():.0f}@portal-sakip>"},
    ).send()
