"""Who reports: governments, agencies, their units, positions and officials, and the facts of chapter I."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from sakip.models.base import YEAR_VALIDATORS, not_after, not_reserved, one_of


class Government(models.Model):
    """A city or regency."""

    name = models.CharField("nama", max_length=200, unique=True)
    place = models.CharField("tempat penandatanganan", max_length=100)
    province = models.CharField("provinsi", max_length=100, blank=True)
    head_title = models.CharField("sebutan kepala daerah", max_length=100)

    class Meta:
        verbose_name = "pemerintah daerah"
        verbose_name_plural = "pemerintah daerah"

    def __str__(self) -> str:
        return self.name


class AgencyKind(models.TextChoices):
    KECAMATAN = "kecamatan", "Kecamatan"
    DINAS = "dinas", "Dinas"
    BADAN = "badan", "Badan"
    SEKRETARIAT = "sekretariat", "Sekretariat"
    INSPEKTORAT = "inspektorat", "Inspektorat"
    RSUD = "rsud", "RSUD"


class Agency(models.Model):
    """A perangkat daerah: the reporting organisation. Owns every row below it."""

    government = models.ForeignKey(
        Government, models.PROTECT, related_name="agencies", verbose_name="pemerintah daerah"
    )
    slug = models.SlugField(
        "kode alamat",
        unique=True,
        validators=[not_reserved],
        help_text="Bagian alamat web, misalnya palaran.",
    )
    name = models.CharField("nama", max_length=200)
    kind = models.CharField("jenis", max_length=20, choices=AgencyKind)
    head_title = models.CharField("sebutan pimpinan", max_length=100, help_text="Misalnya Camat.")
    street = models.CharField("alamat", max_length=200, blank=True)
    district = models.CharField("kelurahan/kecamatan", max_length=200, blank=True)
    postcode = models.CharField("kode pos", max_length=10, blank=True)
    website = models.URLField("laman", blank=True)
    email = models.EmailField("surel", blank=True)

    class Meta:
        verbose_name = "perangkat daerah"
        verbose_name_plural = "perangkat daerah"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["government", "name"], name="sakip_agency_unique_name"),
            one_of("kind", AgencyKind, "sakip_agency_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        parts = [self.street, self.district, self.government.place, self.postcode]
        return ", ".join(part for part in parts if part)


class UnitKind(models.TextChoices):
    OFFICE = "office", "Kantor"
    KELURAHAN = "kelurahan", "Kelurahan"
    UPT = "upt", "UPT"
    BIDANG = "bidang", "Bidang"


class Unit(models.Model):
    """A budget-holding part of an agency. An agency's own office is a unit beside the others, so no sum
    counts a unit twice."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="units", verbose_name="perangkat daerah")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    slug = models.SlugField("kode alamat")
    name = models.CharField("nama", max_length=200)
    report_name = models.CharField(
        "nama dalam laporan",
        max_length=200,
        blank=True,
        help_text="Bila dalam tabel ditulis lain dari namanya.",
    )
    kind = models.CharField("jenis", max_length=20, choices=UnitKind)
    sort_order = models.PositiveSmallIntegerField("urutan", default=0)
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        verbose_name = "unit kerja"
        verbose_name_plural = "unit kerja"
        ordering = ["agency", "sort_order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "slug"], name="sakip_unit_unique_slug"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="sakip_unit_not_own_parent"
            ),
            one_of("kind", UnitKind, "sakip_unit_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A unit stays with its agency: roles, money and history of both hang on it."""
        if Unit.objects.filter(pk=self.pk).exclude(agency_id=self.agency_id).exists():
            raise ValidationError({"agency": "Unit kerja tidak dapat dipindahkan ke perangkat daerah lain."})

    @property
    def printed_name(self) -> str:
        return self.report_name or self.name


class PositionKind(models.TextChoices):
    HEAD = "pimpinan", "Pimpinan"
    SECRETARIAT = "sekretariat", "Sekretariat"
    SUBDIVISION = "sub_bagian", "Sub bagian"
    SECTION = "seksi", "Seksi"
    FUNCTIONAL = "fungsional", "Kelompok jabatan fungsional"


class Position(models.Model):
    """A box of the organisation chart."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="positions", verbose_name="perangkat daerah"
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="atasan"
    )
    key = models.CharField("kunci", max_length=40)
    name = models.CharField("nama", max_length=200)
    kind = models.CharField("jenis", max_length=20, choices=PositionKind)
    for_each_unit = models.BooleanField("ada pada setiap kelurahan", default=False)
    sort_order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "jabatan"
        verbose_name_plural = "jabatan"
        ordering = ["agency", "sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="sakip_position_unique_key"),
            one_of("kind", PositionKind, "sakip_position_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Acting(models.TextChoices):
    NONE = "", "Definitif"
    PLT = "Plt.", "Pelaksana tugas (Plt.)"
    PLH = "Plh.", "Pelaksana harian (Plh.)"


class OfficialQuerySet(models.QuerySet["Official"]):
    def on(self, date) -> "OfficialQuerySet":
        """In office on the date; an acting official comes before the definitive one."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=date),
            Q(valid_until__isnull=True) | Q(valid_until__gte=date),
        ).order_by("-acting", "pk")


class Official(models.Model):
    """An office holder for a term. Name, rank and NIP may be empty: a signature block then shows blanks."""

    government = models.ForeignKey(
        Government, models.CASCADE, related_name="officials", verbose_name="pemerintah daerah"
    )
    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="officials",
        verbose_name="perangkat daerah",
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="officials", verbose_name="unit kerja"
    )
    title = models.CharField("jabatan", max_length=200)
    acting = models.CharField("status", max_length=4, choices=Acting, blank=True, default=Acting.NONE)
    person_name = models.CharField("nama", max_length=200, blank=True)
    rank = models.CharField("pangkat/golongan", max_length=100, blank=True)
    nip = models.CharField("NIP", max_length=30, blank=True)
    valid_from = models.DateField("sejak", null=True, blank=True)
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "pejabat"
        verbose_name_plural = "pejabat"
        constraints = [
            not_after("valid_from", "valid_until", "sakip_official_term_in_order"),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(agency__isnull=False),
                name="sakip_official_unit_needs_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acting} {self.title}".strip()


class LegalBasis(models.Model):
    """A regulation that the office works under. Without an agency it is national."""

    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="legal_bases",
        verbose_name="perangkat daerah",
    )
    kind = models.CharField("jenis", max_length=100)
    number = models.CharField("nomor", max_length=50)
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS[1:])
    enacted_on = models.DateField("tanggal", null=True, blank=True)
    subject = models.CharField("tentang", max_length=400)
    purpose = models.CharField(
        "dipakai untuk", max_length=30, blank=True, help_text="dasar, pembentukan, tugas, struktur"
    )
    sort_order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "dasar hukum"
        verbose_name_plural = "dasar hukum"
        ordering = ["sort_order", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "number", "year"],
                name="sakip_legalbasis_unique",
                condition=Q(agency__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "number", "year"],
                name="sakip_legalbasis_unique_national",
                condition=Q(agency__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} Nomor {self.number} Tahun {self.year} tentang {self.subject}"


class AgencyFunction(models.Model):
    """One of the functions (fungsi) that chapter I lists."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="functions", verbose_name="perangkat daerah"
    )
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("fungsi")

    class Meta:
        verbose_name = "fungsi"
        verbose_name_plural = "fungsi"
        ordering = ["agency", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="sakip_agencyfunction_unique_number")
        ]

    def __str__(self) -> str:
        return self.text[:80]
