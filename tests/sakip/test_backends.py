"""The user of a request comes with the roles held today, in one query; from whatever page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sakip.backends import PortalBackend
from sakip.models import Membership, Role
from sakip.workflow.roles import roles_of
from tests.world import make_office


@pytest.fixture
def office(db):
    return make_office()


def test_user_and_roles_are_one_query(office, django_assert_num_queries):
    operator = office.people["operator"]
    with django_assert_num_queries(1):
        user = PortalBackend().get_user(operator.pk)
        held = roles_of(user)
    assert user == operator
    assert held == roles_of(operator)
    assert [(role.role, role.unit, role.unit_name) for role in held] == [
        (Role.OPERATOR, office.village.pk, office.village.name)
    ]


def test_roles_of_other_days_do_not_count(office):
    operator, today = office.people["operator"], timezone.localdate()
    Membership.objects.filter(user=operator).update(valid_until=today - timedelta(days=1))
    Membership.objects.create(user=operator, role=Role.PLANNER, agency=office.agency, valid_from=today)
    Membership.objects.create(
        user=operator, role=Role.HEAD, agency=office.agency, valid_from=today + timedelta(days=1)
    )
    held = roles_of(PortalBackend().get_user(operator.pk))
    assert [role.role for role in held] == [Role.PLANNER]


def test_who_holds_none_is_known_all_the_same(office):
    operator = office.people["operator"]
    Membership.objects.filter(user=operator).delete()
    user = PortalBackend().get_user(operator.pk)
    assert (user, roles_of(user)) == (operator, ())


def test_nobody_comes_in_who_is_unknown_or_inactive(office):
    operator = office.people["operator"]
    operator.is_active = False
    operator.save()
    assert PortalBackend().get_user(operator.pk) is None
    assert PortalBackend().get_user(0) is None
