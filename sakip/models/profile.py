"""The facts of chapter I for one year: area, people, staff, assets, issues and factors."""

from django.db import models
from django.db.models import Q

from sakip.models.base import YEAR_VALIDATORS, one_of
from sakip.models.organisation import Agency, Unit


class AgencyProfile(models.Model):
    """One agency's territory in one year."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="profiles", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    area_km2 = models.DecimalField(
        "luas wilayah (km²)", max_digits=10, decimal_places=2, null=True, blank=True
    )
    sibling_count = models.PositiveSmallIntegerField("jumlah perangkat daerah sejenis", null=True, blank=True)
    border_north = models.CharField("batas utara", max_length=200, blank=True)
    border_east = models.CharField("batas timur", max_length=200, blank=True)
    border_south = models.CharField("batas selatan", max_length=200, blank=True)
    border_west = models.CharField("batas barat", max_length=200, blank=True)
    climate = models.CharField("iklim", max_length=100, blank=True)
    soil_types = models.CharField("jenis tanah", max_length=200, blank=True)
    rivers = models.CharField("sungai", max_length=200, blank=True)
    clean_water_households = models.PositiveIntegerField(
        "rumah tangga pengguna air bersih (KK)", null=True, blank=True
    )
    population_as_of = models.CharField("penduduk per", max_length=50, blank=True)
    population_source = models.CharField("sumber data penduduk", max_length=200, blank=True)
    staff_as_of = models.CharField("pegawai per", max_length=50, blank=True)
    assets_as_of = models.CharField("aset per", max_length=50, blank=True)

    class Meta:
        verbose_name = "profil wilayah"
        verbose_name_plural = "profil wilayah"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="sakip_agencyprofile_unique_year")
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"


class PopulationCount(models.Model):
    """Residents of one unit in one year (persons) and its number of RT."""

    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="population_counts", verbose_name="unit kerja"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    rt_count = models.PositiveIntegerField("jumlah RT", null=True, blank=True)
    male = models.PositiveIntegerField("laki-laki")
    female = models.PositiveIntegerField("perempuan")

    class Meta:
        verbose_name = "jumlah penduduk"
        verbose_name_plural = "jumlah penduduk"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="sakip_populationcount_unique_year")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class StaffDimension(models.TextChoices):
    AGE = "age", "Kelompok umur"
    GRADE = "grade", "Golongan"
    EDUCATION = "education", "Tingkat pendidikan"
    POSITION = "position", "Peta jabatan"
    GENDER = "gender", "Jenis kelamin"


class StaffCount(models.Model):
    """Staff (persons) of one category; without a unit the figure is the agency's as a whole."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="staff_counts", verbose_name="perangkat daerah"
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="staff_counts", verbose_name="unit kerja"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    dimension = models.CharField("menurut", max_length=20, choices=StaffDimension)
    category = models.CharField("kategori", max_length=60)
    sort_order = models.PositiveSmallIntegerField("urutan", default=0)
    count = models.PositiveIntegerField("jumlah")

    class Meta:
        verbose_name = "jumlah pegawai"
        verbose_name_plural = "jumlah pegawai"
        ordering = ["dimension", "sort_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "dimension", "category"],
                name="sakip_staffcount_unique",
                condition=Q(unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "dimension", "category"],
                name="sakip_staffcount_unique_agency",
                condition=Q(unit__isnull=True),
            ),
            one_of("dimension", StaffDimension, "sakip_staffcount_dimension_known"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.count}"


class AssetCondition(models.TextChoices):
    GOOD = "baik", "Baik"
    FAIR = "sedang", "Sedang"
    BROKEN = "rusak", "Rusak"


class Asset(models.Model):
    """A line of the list of equipment; an unknown quantity stays empty, it is not zero."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="assets", verbose_name="perangkat daerah")
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("jenis aset", max_length=200)
    condition = models.CharField("kondisi", max_length=10, choices=AssetCondition)
    quantity = models.PositiveIntegerField("jumlah", null=True, blank=True)

    class Meta:
        verbose_name = "aset"
        verbose_name_plural = "aset"
        ordering = ["agency", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="sakip_asset_unique_number"),
            one_of("condition", AssetCondition, "sakip_asset_condition_known"),
        ]

    def __str__(self) -> str:
        return self.name


class FactorKind(models.TextChoices):
    ISSUE = "isu", "Isu strategis"
    SUPPORTING = "pendukung", "Faktor pendukung"
    INHIBITING = "penghambat", "Faktor penghambat"
    IMPACT = "dampak", "Dampak"
    CAUSE = "penyebab", "Penyebab"
    SOLUTION = "solusi", "Solusi"
    SUGGESTION = "saran", "Saran"


class Factor(models.Model):
    """A point that a section of the report lists: an issue, a factor, a cause, a solution, a suggestion."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="factors", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    section = models.CharField("bagian laporan", max_length=20, help_text="Misalnya III.A.5.")
    context = models.CharField("konteks", max_length=200)
    kind = models.CharField("jenis", max_length=20, choices=FactorKind)
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("isi")

    class Meta:
        verbose_name = "isu dan faktor"
        verbose_name_plural = "isu dan faktor"
        ordering = ["agency", "year", "section", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "section", "context", "kind", "number"],
                name="sakip_factor_unique_number",
            ),
            one_of("kind", FactorKind, "sakip_factor_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
