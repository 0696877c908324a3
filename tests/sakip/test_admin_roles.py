"""Which roles an administrator of an agency grants, and which accounts they keep."""

import pytest
from django.contrib import admin as admin_site
from django.core.exceptions import ValidationError
from django.urls import reverse
from import_export.admin import ImportMixin

from budget.packs import AGENCY_PACK, REFERENCE_PACK
from sakip.models import Agency, HistoryEntry, Membership, Role, Unit, User
from sakip.queries.accounts import accounts_of
from sakip.workflow import permissions
from tests.recipes import make

pytestmark = pytest.mark.django_db
ADD = reverse("admin:sakip_membership_add")
BY_CITY = [Role.EVALUATOR, Role.CITY]
BY_OFFICE = [Role.OPERATOR, Role.UNIT_HEAD, Role.PLANNER, Role.HEAD, Role.ADMIN]
PASSWORD = {
    "password1": "Kata-sandi-baru-26",
    "password2": "Kata-sandi-baru-26",
    "usable_password": "true",
}


@pytest.fixture
def agency() -> Agency:
    return make(Agency)


@pytest.fixture
def admin(agency) -> User:
    return admin_of(agency)


@pytest.fixture
def keeper(client, admin):
    client.force_login(admin)
    return client


def admin_of(agency: Agency) -> User:
    user = make(User, is_staff=True)
    make(Membership, user=user, role=Role.ADMIN, agency=agency, unit=None)
    return user


def place(role: Role, agency: Agency) -> dict[str, object]:
    unit = make(Unit, agency=agency) if role in (Role.OPERATOR, Role.UNIT_HEAD) else None
    if role == Role.CITY:
        return {"government": agency.government, "agency": None, "unit": None}
    return {"agency": agency, "unit": unit}


def posted(role: Role, user: User, values: dict[str, object]) -> dict[str, object]:
    return {"user": user.pk, "role": role} | {key: row.pk for key, row in values.items() if row}  # type: ignore[attr-defined]


def change(row: Membership) -> str:
    return reverse("admin:sakip_membership_change", args=[row.pk])


def opened(client, username: str) -> User:
    answer = client.post(reverse("admin:sakip_user_add"), {"username": username} | PASSWORD)
    account = User.objects.get(username=username)
    assert answer.headers["Location"] == reverse("admin:sakip_user_change", args=[account.pk])
    return account


# ---------------------------------------------------------------- granting
def test_every_role_is_granted_by_the_office_or_by_the_city(admin):
    root = User(is_superuser=True)
    assert permissions.grantable_roles(admin) == BY_OFFICE
    assert permissions.grantable_roles(root) == list(Role)
    assert set(BY_OFFICE) | permissions.APPOINTED_BY_CITY == set(Role)
    assert permissions.grantable_roles(make(Membership).user) == []


@pytest.mark.parametrize("role", Role)
def test_an_administrator_grants_the_roles_of_the_office_only(keeper, agency, role):
    account = opened(keeper, "baru")
    answer = keeper.post(ADD, posted(role, account, place(role, agency)))
    assert answer.status_code == (302 if role in BY_OFFICE else 200)
    assert account.memberships.exists() == (role in BY_OFFICE)


@pytest.mark.parametrize("role", BY_CITY)
def test_the_citys_keeper_appoints_the_others(client, agency, role):
    client.force_login(make(User, is_superuser=True, is_staff=True))
    account = opened(client, "inspektorat")
    assert client.post(ADD, posted(role, account, place(role, agency))).status_code == 302
    assert account.memberships.get().role == role


@pytest.mark.parametrize(
    ("role", "given", "wrong"),
    [
        (Role.OPERATOR, ("agency",), {"unit": ["Pilih tempat peran operator."]}),
        (Role.HEAD, (), {"agency": ["Pilih tempat peran camat."]}),
        (Role.PLANNER, ("agency", "unit"), {"unit": ["Kosongkan: tidak dipakai untuk peran perencana."]}),
        (Role.CITY, (), {"government": ["Pilih tempat peran pengawas kota."]}),
    ],
)
def test_a_role_without_its_place_is_refused_in_words(client, agency, role, given, wrong):
    client.force_login(make(User, is_superuser=True, is_staff=True))
    everything = {"agency": agency, "unit": make(Unit, agency=agency)}
    answer = client.post(ADD, posted(role, make(User), {name: everything[name] for name in given}))
    assert answer.context["adminform"].form.errors == wrong


def test_a_role_of_the_office_does_not_become_the_evaluators(keeper, agency):
    row = make(Membership, role=Role.PLANNER, agency=agency, unit=None)
    answer = keeper.post(change(row), posted(Role.EVALUATOR, row.user, {"agency": agency}))
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.role == Role.PLANNER


def test_an_evaluators_role_granted_before_is_read_and_neither_changed_nor_taken_away(keeper, agency):
    row = make(Membership, role=Role.EVALUATOR, agency=agency, unit=None)
    page = keeper.get(change(row))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert keeper.get(reverse("admin:sakip_membership_changelist")).status_code == 200
    for answer in (
        keeper.post(change(row), posted(Role.PLANNER, row.user, {"agency": agency})),
        keeper.post(reverse("admin:sakip_membership_delete", args=[row.pk]), {"post": "yes"}),
    ):
        assert answer.status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    assert keeper.post(reverse("admin:sakip_membership_changelist"), chosen).status_code == 403
    row.refresh_from_db()
    assert row.role == Role.EVALUATOR


def test_a_role_in_the_office_of_somebody_with_roles_elsewhere_can_still_be_ended(keeper, agency):
    row = make(Membership, role=Role.PLANNER, agency=agency, unit=None)
    make(Membership, user=row.user, role=Role.EVALUATOR, agency=make(Agency), unit=None)
    form = posted(Role.PLANNER, row.user, {"agency": agency}) | {"valid_until": "2026-12-31"}
    assert keeper.post(change(row), form).status_code == 302
    row.refresh_from_db()
    assert str(row.valid_until) == "2026-12-31"


def test_a_role_does_not_pass_to_another_person(keeper, agency):
    row = make(Membership, role=Role.PLANNER, agency=agency, unit=None)
    other = make(Membership, role=Role.HEAD, agency=agency, unit=None).user
    assert keeper.post(change(row), posted(Role.PLANNER, other, {"agency": agency})).status_code == 200
    again = make(Membership, user=row.user, role=Role.HEAD, agency=agency, unit=None)
    answer = keeper.post(change(again), posted(Role.PLANNER, row.user, {"agency": agency}))
    assert answer.status_code == 200, "the role held twice is a message, not an error of the database"


# ---------------------------------------------------------------- accounts
def test_an_administrator_does_not_hold_the_evaluators_keys(keeper, agency):
    evaluator = make(Membership, role=Role.EVALUATOR, agency=agency, unit=None).user
    make(Membership, user=evaluator, role=Role.PLANNER, agency=agency, unit=None)
    assert keeper.get(reverse("admin:sakip_user_change", args=[evaluator.pk])).status_code == 302
    page = reverse("admin:auth_user_password_change", args=[evaluator.pk])
    assert keeper.post(page, PASSWORD).status_code in (302, 403, 404)
    before = evaluator.password
    evaluator.refresh_from_db()
    assert evaluator.password == before


def test_an_account_without_a_role_is_kept_where_it_was_opened(keeper, admin, agency):
    account = opened(keeper, "baru")
    successor = admin_of(agency)
    assert account in accounts_of(admin)
    assert account in accounts_of(successor)
    assert account in accounts_of(User(is_superuser=True))
    assert account not in accounts_of(admin_of(make(Agency)))
    assert make(User) not in accounts_of(admin), "nobody of the agency opened it"


def test_an_account_whose_only_role_was_taken_away_is_still_kept(keeper, admin, agency):
    row = make(Membership, role=Role.PLANNER, agency=agency, unit=None)
    account = row.user
    delete = reverse("admin:sakip_membership_delete", args=[row.pk])
    assert keeper.post(delete, {"post": "yes"}).status_code == 302
    assert HistoryEntry.objects.filter(model="sakip.membership", field="user", agency=agency).exists()
    assert account in accounts_of(admin)
    assert account not in accounts_of(admin_of(make(Agency)))
    answer = keeper.post(ADD, posted(Role.HEAD, account, {"agency": agency}))
    assert answer.status_code == 302


# ---------------------------------------------------------------- the unit of a role
def test_a_role_is_not_of_another_agencys_unit(agency):
    elsewhere, user = make(Unit, name="Kelurahan Jauh"), make(User)
    values = {"user": user, "role": Role.OPERATOR, "agency": agency, "unit": elsewhere}
    row = Membership(**values)
    expected = f"Kelurahan Jauh bukan unit kerja {agency}."
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.message_dict == {"unit": [expected]}
    for write in (
        row.save,
        lambda: Membership.objects.create(**values),
    ):
        with pytest.raises(ValidationError, match=expected):
            write()
    kept = make(Membership, agency=agency, unit=make(Unit, agency=agency))
    kept.unit = elsewhere
    with pytest.raises(ValidationError, match=expected):
        kept.save()


@pytest.mark.parametrize("is_superuser", [True, False])
def test_the_admin_refuses_another_agencys_unit(client, agency, is_superuser):
    admin = admin_of(agency)
    make(Membership, user=admin, role=Role.ADMIN, agency=make(Agency), unit=None)
    User.objects.filter(pk=admin.pk).update(is_superuser=is_superuser)
    client.force_login(admin)
    account = opened(client, "baru")
    unit = make(Unit, agency=admin.memberships.last().agency)
    answer = client.post(ADD, posted(Role.OPERATOR, account, {"agency": agency, "unit": unit}))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {"unit": [f"{unit} bukan unit kerja {agency}."]}


def test_a_unit_does_not_move_to_another_agency_with_its_roles(client, agency):
    client.force_login(make(User, is_superuser=True, is_staff=True))
    unit = make(Unit, agency=agency)
    form = {
        "agency": make(Agency).pk,
        "slug": unit.slug,
        "name": unit.name,
        "kind": unit.kind,
        "sort_order": 0,
    }
    answer = client.post(
        reverse("admin:sakip_unit_change", args=[unit.pk]), form | {"agency": make(Agency).pk}
    )
    assert answer.context["adminform"].form.errors.keys() == {"agency"}
    unit.refresh_from_db()
    assert unit.agency == agency


def test_no_pack_and_no_import_writes_roles():
    assert not any(issubclass(spec.model, Membership | User) for spec in (*AGENCY_PACK, *REFERENCE_PACK))
    importing = [model for model, site in admin_site.site._registry.items() if isinstance(site, ImportMixin)]
    assert importing
    assert not {Membership, User} & set(importing)
