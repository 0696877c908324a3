"""The policy of 2025, from which every worked example starts."""

import pytest

from sakip.indonesian import number
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from tests.scoring.tables import policy_with


@pytest.fixture(scope="session")
def policy() -> ScoringPolicy:
    return policy_with()


@pytest.fixture(scope="session")
def shown():
    """A result as a cell of the document: its printed figure or its reason."""

    def cell(result: Result, mode: str = "half_up") -> str:
        return result.reason.text if result.reason else number(result.value, 2, mode)

    return cell
