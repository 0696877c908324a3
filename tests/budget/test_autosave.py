"""Saving cell by cell keeps what it read for the next: whether they may is asked anew, rows are read anew."""

import pytest
from django.urls import reverse
from django.utils import timezone

from budget.actions.entry import save_entries
from budget.models import QuarterlyRealisation
from sakip.actions.measurement import Edit
from sakip.scoring.values import MISSING, Measured
from tests.world import YEAR, make_office


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def send(office, client):
    """send(person, cell, text): the answer to one cell of the village's first line."""
    line = office.line(office.village)
    place = {"agency": "contoh", "year": YEAR, "unit": "kelurahan", "quarter": 4, "group": f"s{line.node_id}"}

    def send(person, cell, text):
        client.force_login(person)
        data = {f"l{line.pk}-{cell}": text, f"l{line.pk}-{cell}-lihat": ""}
        return client.post(reverse("entry_group", kwargs=place), data)

    return send


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("colleague", 403)])
def test_whether_somebody_may_is_asked_each_time(office, send, who, status):
    stranger = make_office("lain").people["operator"]
    assert send(office.people["operator"], "amount", "5").status_code == 200
    person = stranger if who == "stranger" else office.people[who]
    assert send(person, "physical", "6").status_code == status
    assert QuarterlyRealisation.objects.get(line__unit=office.village, version=1).physical == MISSING


def test_the_answer_counts_what_others_saved_meanwhile(office, send):
    send(office.people["operator"], "amount", "250.000")
    other = office.line(office.village, "P1.K1.S2")
    save_entries(
        unit_quarter=office.quarter(office.village),
        realisations={other: {"amount": Edit(MISSING, Measured.of(1_000))}},
        measurements={},
        by=office.people["planner"],
        at=timezone.now(),
    )
    html = send(office.people["operator"], "physical", "50").content.decode()
    assert "1.451.000" in html  # activity and programme
