"""When a budget line is asked about."""

import pytest

from budget.standing import planned_by, questions
from tests.scoring.tables import amount, label, measured_score, table


@pytest.mark.parametrize("row", table("line_questions"), ids=label)
def test_questions(row, policy):
    plan = [amount(cell.strip()) for cell in row["cash plan"].split("/")]
    physical = [measured_score(cell.strip()) for cell in row["physical"].split("/")]
    planned = planned_by(amount(row["ceiling"]), plan, int(row["quarter"]))
    found = questions(amount(row["spent"]), physical, planned, policy.low_absorption)
    assert " ".join(found) == row["questions"]
