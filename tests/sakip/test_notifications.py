"""Mails: to whom, about what, once each, whoever sends and whatever fails."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sakip.actions import notifications
from sakip.actions.notifications import choose_mail, send_waiting, tell_deadlines, tell_transition
from sakip.models import OutgoingMail, RowState, Transition, UnitQuarter, User
from tests.palaran import Silent
from tests.world import PASSWORD, Office, days_from_today, make_office


@pytest.fixture
def office(db) -> Office:
    office = make_office()
    for name, person in office.people.items():
        person.email = f"{name}@contoh.invalid"
        person.save()
    return office


def tell(office: Office, state: str, by: str = "planner", reason: str = "") -> int:
    quarter = office.quarter(office.village)
    moved = Transition.objects.create(
        unit_quarter=quarter,
        row_kind="quarter",
        from_state="draft",
        to_state=state,
        reason=reason,
        by=office.people[by],
        at=timezone.now(),
    )
    return tell_transition(moved)


def told() -> set[str]:
    return {name.split(".")[0] for name in OutgoingMail.objects.values_list("recipient__username", flat=True)}


# ---------------------------------------------------------------- who is told what
@pytest.mark.parametrize(
    ("state", "by", "people"),
    [
        ("submitted", "operator", {"planner"}),
        ("verified", "planner", {"head"}),
        ("approved", "head", {"planner", "operator", "unit_head"}),
        ("returned", "planner", {"operator", "unit_head"}),
        ("locked", "planner", set()),
    ],
)  # fmt: skip
def test_those_whom_it_concerns_are_told(office, state, by, people):
    assert tell(office, state, by, "Lengkapi bukti") == len(people)
    assert told() == people


def test_the_mail_says_what_by_whom_why_and_where(office, settings):
    settings.PORTAL_URL = "https://sakip.contoh.go.id"
    tell(office, "returned", reason="Lengkapi bukti\nlalu ajukan")
    send_waiting(at=timezone.now())
    message = next(each for each in mail.outbox if each.to == ["operator@contoh.invalid"])
    assert message.subject == "Kelurahan contoh TW IV 2026 dikembalikan"
    assert "oleh planner.contoh" in message.body
    assert "Alasan: Lengkapi bukti" in message.body
    assert "https://sakip.contoh.go.id/contoh/2026/realisasi/kelurahan/tw-4/" in message.body
    assert "mematikannya" in message.body


@pytest.mark.parametrize("change", [{"wants_mail": False}, {"email": ""}, {"is_active": False}])
def test_nobody_who_cannot_or_will_not_is_written_to(office, change):
    User.objects.filter(pk=office.people["operator"].pk).update(**change)
    tell(office, "returned", reason="Kurang")
    assert told() == {"unit_head"}


def test_switching_off_drops_what_waits(office):
    tell(office, "returned", reason="Kurang")
    operator = office.people["operator"]
    choose_mail(user=operator, wants_mail=False, email=operator.email, at=timezone.now())
    assert told() == {"unit_head"}


def test_whoever_switched_off_elsewhere_gets_nothing(office):
    tell(office, "returned", reason="Kurang")
    User.objects.filter(pk=office.people["operator"].pk).update(wants_mail=False)
    assert send_waiting(at=timezone.now()) == (1, 0)
    assert [message.to for message in mail.outbox] == [["unit_head@contoh.invalid"]]


def test_the_page_of_choices(office):
    client = Client()
    client.force_login(office.people["operator"])
    address = reverse("notifications")
    assert client.get(address).status_code == 200
    refused = client.post(address, {"email": "", "wants_mail": "on"})
    assert refused.status_code == 422
    assert "atau matikan pemberitahuan" in refused.content.decode()
    changed = {"email": "baru@contoh.invalid", "password": PASSWORD}
    assert client.post(address, changed).status_code == 302
    operator = User.objects.get(pk=office.people["operator"].pk)
    assert (operator.email, operator.wants_mail) == ("baru@contoh.invalid", False)


# ---------------------------------------------------------------- deadlines
def remind(office: Office, days: int) -> int:
    return tell_deadlines(at=timezone.now() + timedelta(days=days))


def test_reminders_come_once_at_seven_three_and_one_day(office):
    UnitQuarter.objects.exclude(unit=office.village, quarter=4).delete()
    counts = [remind(office, day) for day in range(22)]  # the window closes after twenty days
    assert {day: count for day, count in enumerate(counts) if count} == {13: 2, 17: 2, 19: 2}
    assert remind(office, 13) == 0
    assert told() == {"operator", "unit_head"}


def test_a_timer_that_slept_reminds_late_but_once(office):
    UnitQuarter.objects.exclude(unit=office.village, quarter=4).delete()
    assert remind(office, 15) == 2
    assert remind(office, 16) == 0


@pytest.mark.parametrize(
    ("state", "people"),
    [("submitted", {"planner"}), ("verified", {"head"}), ("approved", set()), ("locked", set())],
)
def test_the_reviewers_are_reminded_of_the_reviews_end(office, state, people):
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(
        state=state, entry_closes=days_from_today(-5), review_closes=days_from_today(2)
    )
    remind(office, 0)
    assert told() == people


def test_nobody_is_reminded_of_what_they_have_done(office):
    UnitQuarter.objects.filter(quarter=4).update(state=RowState.SUBMITTED)
    for day in range(21):
        remind(office, day)
    assert told() == set()


# ---------------------------------------------------------------- sending
class Broken(EmailBackend):
    """A server that refuses one address."""

    def send_messages(self, messages):
        if any("operator@" in address for message in messages for address in message.to):
            raise OSError("550 mailbox unavailable")
        return super().send_messages(messages)


def test_what_was_sent_is_not_sent_again(office):
    tell(office, "returned", reason="Kurang")
    assert send_waiting(at=timezone.now()) == (2, 0)
    assert send_waiting(at=timezone.now() + timedelta(days=1)) == (0, 0)
    assert len(mail.outbox) == 2


def test_one_failure_holds_up_nobody_and_is_tried_again(office, settings):
    tell(office, "returned", reason="Kurang")
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Broken"}}
    with pytest.raises(CommandError, match="1 surel belum terkirim"):
        call_command("kirim_pemberitahuan", stdout=Silent())
    waiting = OutgoingMail.objects.get(sent_at__isnull=True)
    assert (waiting.attempts, waiting.claimed_at) == (1, None)
    assert "550" in waiting.error
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    call_command("kirim_pemberitahuan", stdout=Silent())
    assert not OutgoingMail.objects.filter(sent_at__isnull=True).exists()


def test_two_senders_share_the_work(office, monkeypatch):
    tell(office, "returned", reason="Kurang")
    hand_over = notifications._hand_over

    def meanwhile(waiting: OutgoingMail) -> None:
        monkeypatch.setattr(notifications, "_hand_over", hand_over)
        assert send_waiting(at=timezone.now()) == (1, 0)  # the other sender takes what is left
        hand_over(waiting)

    monkeypatch.setattr(notifications, "_hand_over", meanwhile)
    assert send_waiting(at=timezone.now()) == (1, 0)
    assert sorted(message.to[0] for message in mail.outbox) == [
        "operator@contoh.invalid",
        "unit_head@contoh.invalid",
    ]


def test_a_sender_that_died_loses_nothing(office):
    """Its claim lapses, and the mail goes out under the Message-ID that it may have gone out under before."""
    tell(office, "submitted", "operator")
    now = timezone.now()
    OutgoingMail.objects.update(claimed_at=now, attempts=1)
    assert send_waiting(at=now + timedelta(minutes=5)) == (0, 0)
    assert send_waiting(at=now + timedelta(minutes=20)) == (1, 0)
    waiting = OutgoingMail.objects.get()
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{waiting.pk}.")
