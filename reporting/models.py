"""Issued editions of the report, the office's own narrative, and jobs that make files in the background."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q

from sakip.models import Agency
from sakip.models.base import YEAR_VALIDATORS, one_of


class Narrative(models.Model):
    """The office's own text of a section. Figures in it are bound by name ({{ angka }}), never typed.
    Without a row the section's standard text is used."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="narratives", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    section = models.CharField("bagian", max_length=40)
    text = models.TextField("naskah")
    version = models.PositiveIntegerField("versi", default=0)
    updated_at = models.DateTimeField("diubah", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="diubah oleh"
    )

    class Meta:
        verbose_name = "naskah laporan"
        verbose_name_plural = "naskah laporan"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "section"], name="reporting_narrative_unique_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.year}"


class EditionIsFinalError(Exception):
    """Somebody tried to change or delete an issued edition."""


class EditionQuerySet(models.QuerySet["Edition"]):
    def for_public(self) -> "EditionQuerySet":
        """Those of approved figures only, the newest first: no quarter was still on its way when they were
        issued."""
        return self.filter(unsettled=0).order_by("-number")


class Edition(models.Model):
    """An issued report: copies all it needs, so that later changes leave it as it was."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="editions", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    number = models.PositiveSmallIntegerField("edisi")
    issued_at = models.DateTimeField("diterbitkan")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diterbitkan oleh"
    )
    snapshot = models.JSONField("salinan data", help_text="Keluaran JSON laporan saat diterbitkan.")
    policy = models.JSONField("kebijakan penilaian")
    file = models.FileField("berkas", upload_to="edisi/%Y/")
    sha256 = models.CharField("SHA-256", max_length=64)
    unsettled = models.PositiveIntegerField(
        "triwulan belum disahkan", help_text="Banyaknya triwulan unit yang belum disahkan saat terbit."
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "edisi laporan"
        verbose_name_plural = "edisi laporan"
        ordering = ["agency", "year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"], name="reporting_edition_unique_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="reporting_edition_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"LKjIP {self.year} edisi {self.number}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise EditionIsFinalError("Edisi yang telah terbit tidak dapat diubah.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise EditionIsFinalError("Edisi yang telah terbit tidak dapat dihapus.")


class PublicPage(models.Model):
    """Whether everybody may read a year's report without logging in. What they read is always the newest
    edition of approved figures; there is no choice of another."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="public_pages", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    is_on = models.BooleanField("terbuka untuk umum", default=False)
    changed_at = models.DateTimeField("diubah")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diubah oleh"
    )

    class Meta:
        verbose_name = "halaman publik"
        verbose_name_plural = "halaman publik"
        ordering = ["agency", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="reporting_publicpage_unique_year")
        ]

    def __str__(self) -> str:
        return f"Halaman publik {self.year}"


class JobState(models.TextChoices):
    WAITING = "waiting", "Menunggu"
    RUNNING = "running", "Dikerjakan"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"
    CANCELLED = "cancelled", "Dibatalkan"


class ReportFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"


class ReportJob(models.Model):
    """A report file being made in the background for someone. `fingerprint` names the data it shows, so that
    an unchanged report is handed out again instead of being made again."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="report_jobs", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    format = models.CharField("format", max_length=8, choices=ReportFormat)
    fingerprint = models.CharField("sidik data", max_length=64)
    state = models.CharField("status", max_length=10, choices=JobState, default=JobState.WAITING)
    step = models.CharField("tahap", max_length=100, blank=True)
    percent = models.PositiveSmallIntegerField("kemajuan (%)", default=0)
    message = models.TextField("pesan", blank=True)
    file = models.FileField("berkas", upload_to="laporan/%Y/", blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="report_jobs", verbose_name="diminta oleh"
    )
    requested_at = models.DateTimeField("diminta pada")
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)

    class Meta:
        verbose_name = "pembuatan laporan"
        verbose_name_plural = "pembuatan laporan"
        ordering = ["-requested_at"]
        constraints = [
            one_of("state", JobState, "reporting_reportjob_state_known"),
            one_of("format", ReportFormat, "reporting_reportjob_format_known"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="reporting_reportjob_percent_to_100"),
            models.CheckConstraint(
                condition=~Q(state=JobState.DONE) | ~Q(file=""), name="reporting_reportjob_done_has_file"
            ),
        ]

    def __str__(self) -> str:
        return f"LKjIP {self.year} ({self.get_format_display()})"


class DownloadQuerySet(models.QuerySet["Download"]):
    def for_person(self, user: AbstractBaseUser) -> "DownloadQuerySet":
        return self.filter(owner=user.pk)


class Download(models.Model):
    """A file that somebody asked for, in that person's own list. Several may have asked for the same job."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="downloads", verbose_name="pemilik"
    )
    job = models.ForeignKey(
        ReportJob, models.CASCADE, related_name="downloads", verbose_name="pembuatan laporan"
    )
    asked_at = models.DateTimeField("diminta pada")

    objects = DownloadQuerySet.as_manager()

    class Meta:
        verbose_name = "unduhan"
        verbose_name_plural = "unduhan"
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "job"], name="reporting_download_unique_job")]

    def __str__(self) -> str:
        return str(self.job)
