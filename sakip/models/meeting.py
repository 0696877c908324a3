"""The quarterly performance meeting: when and where, who came, what was said, and what is to be done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sakip.models.base import YEAR_VALIDATORS, one_of
from sakip.models.measurement import Evidence
from sakip.models.organisation import Agency, Unit
from sakip.scoring.quarters import ROMAN


class MeetingState(models.TextChoices):
    DRAFT = "draft", "Draf"
    FINAL = "final", "Final"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def before(self, year: int, quarter: int) -> "MeetingQuerySet":
        """Those of earlier quarters, of earlier years as well."""
        return self.filter(Q(year__lt=year) | Q(year=year, quarter__lt=quarter))


class Meeting(models.Model):
    """An agency's meeting about a quarter. `minutes_document` keeps the minutes as they were made final, so
    that figures which change later do not change what was signed. `version` rises with every write."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="meetings", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    quarter = models.PositiveSmallIntegerField("triwulan")
    held_on = models.DateField("tanggal rapat")
    starts_at = models.TimeField("mulai")
    ends_at = models.TimeField("selesai", null=True, blank=True)
    place = models.CharField("tempat", max_length=200)
    agenda = models.TextField("agenda")
    leader_role = models.CharField("pimpinan rapat", max_length=200)
    secretary_role = models.CharField("notulis", max_length=200, blank=True)
    invitation_number = models.CharField("nomor undangan", max_length=60, blank=True)
    invited_on = models.DateField("tanggal undangan", null=True, blank=True)
    minutes = models.TextField("pembahasan", blank=True)
    state = models.CharField("status", max_length=8, choices=MeetingState, default=MeetingState.DRAFT)
    minutes_document = models.JSONField("notulen final", null=True, blank=True)
    version = models.PositiveIntegerField("versi", default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "rapat"
        verbose_name_plural = "rapat"
        ordering = ["agency", "year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "quarter"], name="sakip_meeting_unique_quarter"
            ),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="sakip_meeting_quarter_1_to_4"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="sakip_meeting_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.DRAFT, minutes_document__isnull=True)
                | (Q(minutes_document__isnull=False) & ~Q(state=MeetingState.DRAFT) & ~Q(minutes="")),
                name="sakip_meeting_final_keeps_minutes",
            ),
            one_of("state", MeetingState, "sakip_meeting_state_known"),
        ]

    def __str__(self) -> str:
        return f"Rapat evaluasi kinerja TW {self.roman} {self.year}"

    @property
    def roman(self) -> str:
        return ROMAN[self.quarter - 1]

    @property
    def is_final(self) -> bool:
        return self.state == MeetingState.FINAL


class Attendance(models.TextChoices):
    INVITED = "invited", "Belum dicatat"
    PRESENT = "present", "Hadir"
    ABSENT = "absent", "Tidak hadir"


class Attendee(models.Model):
    """Who is invited, by role and never by name: people sign for themselves on the printed list."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees", verbose_name="rapat")
    number = models.PositiveSmallIntegerField("nomor")
    role = models.CharField("jabatan", max_length=200)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unit kerja"
    )
    attendance = models.CharField("kehadiran", max_length=8, choices=Attendance, default=Attendance.INVITED)

    class Meta:
        verbose_name = "peserta rapat"
        verbose_name_plural = "peserta rapat"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="sakip_attendee_unique_number"),
            models.CheckConstraint(condition=~Q(role=""), name="sakip_attendee_has_role"),
            one_of("attendance", Attendance, "sakip_attendee_attendance_known"),
        ]

    def __str__(self) -> str:
        return self.role


class ActionState(models.TextChoices):
    OPEN = "open", "Belum selesai"
    REPORTED = "reported", "Dilaporkan selesai"
    DONE = "done", "Selesai"
    CANCELLED = "cancelled", "Dibatalkan"


PENDING = (ActionState.OPEN, ActionState.REPORTED)


class AgreedActionQuerySet(models.QuerySet["AgreedAction"]):
    def of_agency(self, agency) -> "AgreedActionQuerySet":
        return self.filter(meeting__agency=agency)

    def pending(self) -> "AgreedActionQuerySet":
        """Neither done with accepted proof nor cancelled."""
        return self.filter(state__in=PENDING)

    def from_before(self, year: int, quarter: int) -> "AgreedActionQuerySet":
        """Agreed in meetings of earlier quarters, of earlier years as well."""
        return self.filter(Q(meeting__year__lt=year) | Q(meeting__year=year, meeting__quarter__lt=quarter))

    def in_order(self) -> "AgreedActionQuerySet":
        """The oldest meeting first."""
        return self.order_by("meeting__year", "meeting__quarter", "number")


class AgreedAction(models.Model):
    """A follow-up that a meeting agreed on. It comes back in every later meeting until the unit has reported
    it done with proof and the report was accepted, or it was cancelled with a reason.

    `closed_*` say when and by whom it was accepted or cancelled; `reason` why it was cancelled, or why a
    report was given back.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="actions", verbose_name="rapat")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("tindak lanjut")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="agreed_actions", verbose_name="penanggung jawab"
    )
    due_on = models.DateField("batas waktu")
    state = models.CharField("status", max_length=10, choices=ActionState, default=ActionState.OPEN)
    report = models.TextField("laporan", blank=True)
    reported_at = models.DateTimeField("dilaporkan pada", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dilaporkan oleh",
    )
    closed_at = models.DateTimeField("ditutup pada", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ditutup oleh",
    )
    reason = models.TextField("alasan", blank=True)
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="agreed_actions", verbose_name="bukti"
    )
    version = models.PositiveIntegerField("versi", default=0)

    objects = AgreedActionQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut rapat"
        verbose_name_plural = "tindak lanjut rapat"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="sakip_agreedaction_unique_number"),
            models.CheckConstraint(condition=~Q(text=""), name="sakip_agreedaction_has_text"),
            models.CheckConstraint(
                condition=~Q(state=ActionState.CANCELLED) | ~Q(reason=""),
                name="sakip_agreedaction_cancel_needs_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PENDING, closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(state__in=PENDING) & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="sakip_agreedaction_closed_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ActionState.REPORTED, ActionState.DONE))
                | (Q(reported_at__isnull=False, reported_by__isnull=False) & ~Q(report="")),
                name="sakip_agreedaction_report_comes_first",
            ),
            one_of("state", ActionState, "sakip_agreedaction_state_known"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
