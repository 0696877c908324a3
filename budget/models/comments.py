"""What people say to each other about one cell of a quarter."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.lines import BudgetLine
from sakip.models import Indicator, UnitQuarter


class CellName(models.TextChoices):
    """The measured cells of a quarter, named as on the entry page."""

    AMOUNT = "amount", "Realisasi rupiah"
    PHYSICAL = "physical", "Fisik"
    VALUE = "value", "Realisasi indikator"


CELLS_OF_LINE = (CellName.AMOUNT, CellName.PHYSICAL)


class CellComment(models.Model):
    """A comment on a cell of a budget line or of an indicator; the cell itself may still be empty. It is
    written once: nobody edits or deletes it, and nothing is computed from it."""

    unit_quarter = models.ForeignKey(
        UnitQuarter, models.CASCADE, related_name="cell_comments", verbose_name="triwulan unit"
    )
    line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name="baris anggaran",
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name="indikator"
    )
    cell = models.CharField("sel", max_length=8, choices=CellName)
    text = models.TextField("komentar")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "komentar sel"
        verbose_name_plural = "komentar sel"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, indicator__isnull=True, cell__in=CELLS_OF_LINE)
                | Q(line__isnull=True, indicator__isnull=False, cell=CellName.VALUE),
                name="budget_cellcomment_names_one_cell",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="budget_cellcomment_not_empty"),
        ]

    def __str__(self) -> str:
        subject = self.line.node if self.line else self.indicator
        return f"{subject} {self.unit_quarter}"
