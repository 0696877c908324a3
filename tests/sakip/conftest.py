"""What the tests of the core share."""

import pytest

from tests.sakip.evidence_desk import Desk, make_desk


@pytest.fixture
def desk(db, settings, tmp_path, client) -> Desk:
    return make_desk(settings, tmp_path, client)
