"""An agreement beside the plans: what is marked, and what is not."""

import pytest

from sakip.scoring.achievement import Polarity
from sakip.scoring.aggregation import Combine
from sakip.scoring.agreement import check_budget, check_target
from tests.scoring.tables import amount, label, measured_score, table


@pytest.mark.parametrize("row", table("agreement_target"), ids=label)
def test_a_target(row):
    quarters = [measured_score(cell.strip()) for cell in row["action plan"].split("/")]
    target, plan, before = (measured_score(row[name]) for name in ("target", "plan", "before"))
    found = check_target(target, plan, quarters, before, Combine(row["combine"]), Polarity(row["polarity"]))
    assert (found.target, found.plan, found.before) == (target, plan, before)
    assert found.action == measured_score(row["together"])
    assert [remark.value for remark in found.remarks] == row["remarks"].split()


@pytest.mark.parametrize("row", table("agreement_budget"), ids=label)
def test_a_budget(row):
    found = check_budget(amount(row["agreed"]), amount(row["ceiling"]))
    assert found.gap == amount(row["gap"])
    assert [remark.value for remark in found.remarks] == row["remarks"].split()
