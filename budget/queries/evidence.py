"""Evidence of a unit's quarter where money comes in: the rows of budget lines, and all rows together."""

from django.http import Http404

from budget.models import BudgetLine, QuarterlyRealisation
from sakip.models import UnitQuarter
from sakip.queries.evidence import (
    Finder,
    Proof,
    Subject,
    indicator_proofs,
    indicator_subject,
    kinds_by_row,
    proof_of,
)


def line_subject(unit_quarter: UnitQuarter, key: int) -> Subject:
    """The quarter's realisation of a budget line of the unit; 404 for any other."""
    lines = BudgetLine.objects.for_unit(unit_quarter.unit).filter(year=unit_quarter.year)
    line = lines.select_related("node", "funding_source").filter(pk=key).first()
    if line is None:
        raise Http404
    source = f" (sumber dana {line.funding_source})" if line.funding_source else ""
    rows = QuarterlyRealisation.objects.all()
    return Subject(unit_quarter, "anggaran", key, f"{line.node.name}{source}", rows, {"line": line})


# What the addresses call the rows.
FINDERS: dict[str, Finder] = {"indikator": indicator_subject, "anggaran": line_subject}


def quarter_proofs(unit_quarter: UnitQuarter) -> dict[tuple[str, int], Proof]:
    """How far each row is proved, by kind and key of its address. Three queries, whatever the size."""
    lines = kinds_by_row(QuarterlyRealisation.objects.all(), "line_id", unit_quarter)
    found = {("anggaran", key): proof_of(kinds, ()) for key, kinds in lines.items()}
    return found | {("indikator", key): proof for key, proof in indicator_proofs(unit_quarter).items()}
