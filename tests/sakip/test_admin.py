"""The admin: everything can be reached, only one's own agency is there, every write leaves its history."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from budget.models import BudgetLine
from sakip.models import (
    Agency,
    Award,
    Evidence,
    FollowUp,
    Government,
    HistoryEntry,
    HistoryIsFinalError,
    IndicatorVersion,
    Login,
    LoginEnding,
    Measurement,
    Membership,
    NomenclatureCode,
    Unit,
    UnitQuarter,
    User,
)
from tests.recipes import make, models_with_recipes
from tests.sakip.evidence_files import noisy_jpeg

OURS = sorted(models_with_recipes(), key=lambda model: model._meta.label)
pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client):
    user = User.objects.create_superuser("root", password="Rahasia-1234")
    client.force_login(user)
    return client


@pytest.fixture
def agency():
    return make(Agency)


@pytest.fixture
def keeper(client, agency):
    """An administrator of one agency."""
    user = make(User, username="pengelola", is_staff=True)
    make(Membership, user=user, role="admin", agency=agency, unit=None)
    client.force_login(user)
    return client


def address(model, action: str, *arguments) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=arguments)


def test_every_model_is_in_the_admin() -> None:
    ours = {
        model
        for label in ("sakip", "budget", "reporting")
        for model in apps.get_app_config(label).get_models()
    }
    assert {model for model in ours if not model._meta.auto_created} <= set(admin.site._registry)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_list_and_row_opens(root, model) -> None:
    row = make(model)
    assert root.get(address(model, "changelist")).status_code == 200
    assert root.get(address(model, "change", row.pk)).status_code == 200


def test_another_agencys_rows_are_not_there(keeper, agency) -> None:
    mine, other = make(Unit, agency=agency, name="Kelurahan Sendiri"), make(Unit, name="Kelurahan Orang Lain")
    listed = keeper.get(address(Unit, "changelist")).content.decode()
    assert "Kelurahan Sendiri" in listed
    assert "Kelurahan Orang Lain" not in listed
    assert keeper.get(address(Unit, "change", mine.pk)).status_code == 200
    assert keeper.get(address(Unit, "change", other.pk)).status_code == 302


def test_choices_hold_only_own_rows(keeper, agency) -> None:
    other = make(Unit, name="Kelurahan Orang Lain")
    make(Unit, agency=agency, name="Kelurahan Sendiri")
    page = keeper.get(reverse("admin:sakip_populationcount_add")).content.decode()
    assert "Kelurahan Sendiri" in page
    assert other.name not in page


def test_filters_and_links_hold_only_own_rows_too(keeper, agency) -> None:
    for name in ("Kelurahan Satu", "Kelurahan Dua"):
        make(BudgetLine, unit=make(Unit, agency=agency, name=name))
    make(Unit, name="Kelurahan Orang Lain")
    make(Evidence, agency=agency, name="Foto sendiri")
    make(Evidence, name="Foto orang lain")
    follow_up = make(FollowUp)
    follow_up.recommendation.evaluation.agency = agency
    follow_up.recommendation.evaluation.save()
    filters = keeper.get(address(BudgetLine, "changelist")).content.decode()
    assert "Kelurahan Satu" in filters
    assert "Kelurahan Orang Lain" not in filters
    links = keeper.get(address(FollowUp, "change", follow_up.pk)).content.decode()
    assert "Foto sendiri" in links
    assert "Foto orang lain" not in links


def test_a_link_leaves_history(keeper, agency) -> None:
    photo, follow_up = make(Evidence, agency=agency, name="Foto sendiri"), make(FollowUp)
    follow_up.recommendation.evaluation.agency = agency
    follow_up.recommendation.evaluation.save()
    form = {
        "recommendation": follow_up.recommendation.pk,
        "status": follow_up.status,
        "status_confidence": follow_up.status_confidence,
        "evidence": [photo.pk],
    }
    assert keeper.post(address(FollowUp, "change", follow_up.pk), form).status_code == 302
    line = HistoryEntry.objects.get(field="evidence", model="sakip.followup")
    assert (line.old, line.new, line.agency) == ("", "Foto sendiri", agency)


def test_a_unit_is_kept_on_its_agencys_page_too(keeper, agency) -> None:
    make(Unit, agency=agency)
    page = keeper.get(address(Agency, "change", agency.pk))
    assert "units-0-slug" in page.content.decode()
    assert "units-0-DELETE" not in page.content.decode()


def test_a_forged_choice_is_refused(keeper) -> None:
    other = make(Unit)
    answer = keeper.post(
        reverse("admin:sakip_populationcount_add"), {"unit": other.pk, "year": 2025, "male": 1, "female": 1}
    )
    assert answer.status_code == 200
    assert not other.population_counts.exists()


def test_an_edit_leaves_history(keeper, agency) -> None:
    unit = make(Unit, agency=agency, name="Kelurahan Lama")
    form = {
        "name": "Kelurahan Baru",
        "agency": agency.pk,
        "slug": unit.slug,
        "kind": unit.kind,
        "sort_order": 0,
    }
    assert keeper.post(address(Unit, "change", unit.pk), form | {"is_active": "on"}).status_code == 302
    entry = HistoryEntry.objects.get(field="name")
    assert (entry.old, entry.new, entry.by.username, entry.unit) == (
        "Kelurahan Lama",
        "Kelurahan Baru",
        "pengelola",
        unit,
    )


def test_reference_data_is_read_only_for_an_agency(keeper) -> None:
    city = make(Government)
    assert keeper.get(address(Government, "changelist")).status_code == 200
    assert keeper.post(address(Government, "change", city.pk), {"name": "Lain"}).status_code == 403


def test_an_administrator_cannot_take_over_others_accounts(keeper, agency) -> None:
    colleague = make(Membership, agency=agency, unit=make(Unit, agency=agency)).user
    stranger = make(Membership).user
    superuser = make(User, is_superuser=True)
    assert keeper.get(address(User, "change", colleague.pk)).status_code == 200
    for account in (stranger, superuser):
        assert keeper.get(address(User, "change", account.pk)).status_code == 302
        assert keeper.get(reverse("admin:auth_user_password_change", args=[account.pk])).status_code in (
            302,
            404,
        )


def test_an_administrator_cannot_make_a_superuser(keeper, agency) -> None:
    colleague = make(Membership, agency=agency, unit=make(Unit, agency=agency)).user
    form = {"username": colleague.username, "is_active": "on", "is_superuser": "on", "is_staff": "on"}
    assert keeper.post(address(User, "change", colleague.pk), form).status_code == 302
    colleague.refresh_from_db()
    assert not colleague.is_superuser
    assert not colleague.is_staff


def test_an_administrator_cannot_grant_a_role_elsewhere(keeper, agency) -> None:
    account = make(User)
    elsewhere = make(Agency)
    for role, place in (
        ("admin", {"agency": elsewhere.pk}),
        ("pengawas_kota", {"government": agency.government.pk}),
    ):
        assert (
            keeper.post(
                reverse("admin:sakip_membership_add"), {"user": account.pk, "role": role} | place
            ).status_code
            == 200
        )
    assert not account.memberships.exists()


def test_an_agency_cannot_move_itself_to_another_government(keeper, agency) -> None:
    page = keeper.get(address(Agency, "change", agency.pk))
    assert {"government", "slug"}.isdisjoint(page.context["adminform"].form.fields)


def test_an_agency_is_not_given_an_address_of_the_portal(root) -> None:
    page = root.post(address(Agency, "add"), {"slug": "publik"})
    assert "alamat itu dipakai portal sendiri" in page.context["adminform"].form.errors["slug"][0]


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [("a.jpg", noisy_jpeg(), True), ("a.png", b"<html></html>", False), ("a.jpg", b"GIF89a...", False)],
)
def test_the_photograph_of_an_award_is_a_picture(keeper, agency, settings, tmp_path, name, content, is_taken):
    settings.MEDIA_ROOT = tmp_path
    form = {
        "agency": agency.pk,
        "unit": make(Unit, agency=agency).pk,
        "year": 2025,
        "number": 1,
        "description": "Kelurahan terbaik",
        "rank": "Pertama",
        "photo": SimpleUploadedFile(name, content),
    }
    status = keeper.post(address(Award, "add"), form).status_code
    kept = Award.objects.filter(agency=agency)
    assert (status, kept.count()) == ((302, 1) if is_taken else (200, 0))
    if is_taken:
        assert kept.get().photo.read() == content


def test_quarters_are_neither_added_nor_deleted_here(root) -> None:
    quarter = make(UnitQuarter)
    assert root.get(reverse("admin:sakip_unitquarter_add")).status_code == 403
    assert root.post(address(UnitQuarter, "delete", quarter.pk), {"post": "yes"}).status_code == 403


def test_how_quarters_combine_stays_once_they_are_measured() -> None:
    version = make(IndicatorVersion, combine="last", valid_from_year=2025)
    version.combine = "sum"
    version.clean()
    quarter = make(UnitQuarter, year=2026)
    make(Measurement, unit_quarter=quarter, indicator=version.indicator, value_state="number", value=1)
    with pytest.raises(ValidationError, match="tidak dapat diubah"):
        version.clean()
    make(IndicatorVersion, indicator=version.indicator, valid_from_year=2026)
    version.clean()


def test_importing_codes_twice_adds_nothing(root) -> None:
    table = "nomenclature_year,code,name,is_verified\n2023,7.01.01,Program Penunjang,1\n"
    for _ in range(2):
        upload = SimpleUploadedFile("kode.csv", table.encode(), content_type="text/csv")
        preview = root.post(
            address(NomenclatureCode, "import"), {"import_file": upload, "format": "0", "resource": ""}
        )
        assert preview.status_code == 200, preview.content.decode()
        confirm = preview.context["confirm_form"].initial
        root.post(
            address(NomenclatureCode, "process_import"), {k: v for k, v in confirm.items() if v is not None}
        )
    assert NomenclatureCode.objects.filter(code="7.01.01").count() == 1
    assert HistoryEntry.objects.filter(chain="reference", action="import", field="name").count() == 1


def test_history_cannot_be_edited() -> None:
    entry = make(HistoryEntry)
    entry.new = "lain"
    with pytest.raises(HistoryIsFinalError):
        entry.save()
    with pytest.raises(HistoryIsFinalError):
        entry.delete()


def test_log_ins_are_read_by_whoever_keeps_the_account_and_show_no_key(keeper, agency) -> None:
    colleague = make(Membership, agency=agency, unit=make(Unit, agency=agency)).user
    mine, other = (
        make(Login, user=colleague, session_key="kunci-rahasia"),
        make(Login, user=make(Membership).user),
    )
    page = keeper.get(address(Login, "change", mine.pk))
    assert page.status_code == 200
    assert "kunci-rahasia" not in page.content.decode()
    assert keeper.get(address(Login, "change", other.pk)).status_code == 302
    assert keeper.post(address(Login, "delete", mine.pk), {"post": "yes"}).status_code == 403


def test_an_administrator_takes_off_a_lost_second_factor_of_own_people_only(keeper, agency) -> None:
    colleague = make(Membership, agency=agency, unit=make(Unit, agency=agency)).user
    stranger = make(Membership).user
    for user in (colleague, stranger):
        TOTPDevice.objects.create(user=user, name="Aplikasi")
    chosen = {"action": "take_off_second_factor", "_selected_action": [colleague.pk, stranger.pk]}
    assert keeper.post(address(User, "changelist"), chosen).status_code == 302
    assert [device.user for device in TOTPDevice.objects.all()] == [stranger]
    line = HistoryEntry.objects.get(field="kode autentikator")
    assert (line.object_id, line.new, line.by.username) == (colleague.pk, "dilepas", "pengelola")


# ---------------------------------------------------------------- doors and passwords
NEW_PASSWORD = {
    "password1": "Kata-sandi-baru-26",
    "password2": "Kata-sandi-baru-26",
    "usable_password": "true",
}


def test_a_password_given_by_an_administrator_is_in_the_history_and_ends_the_sessions(keeper, agency) -> None:
    colleague = make(Membership, agency=agency, unit=make(Unit, agency=agency)).user
    theirs, other = make(Login, user=colleague), make(Login)
    page = reverse("admin:auth_user_password_change", args=[colleague.pk])
    assert keeper.post(page, NEW_PASSWORD).status_code == 302
    colleague.refresh_from_db()
    assert colleague.check_password("Kata-sandi-baru-26")
    line = HistoryEntry.objects.get(field="password")
    assert (line.object_id, line.new, line.by.username) == (colleague.pk, "(diganti)", "pengelola")
    theirs.refresh_from_db()
    other.refresh_from_db()
    assert (theirs.ending, other.ending) == (LoginEnding.PASSWORD, LoginEnding.OPEN)


@pytest.mark.parametrize("who", ["keeper", "root"])
def test_nobody_skips_the_old_password_of_their_own_account(request, who) -> None:
    client = request.getfixturevalue(who)
    me = User.objects.get(username={"keeper": "pengelola", "root": "root"}[who])
    before = me.password
    answer = client.post(reverse("admin:auth_user_password_change", args=[me.pk]), NEW_PASSWORD)
    assert answer.headers["Location"] == reverse("password_change")
    assert client.get("/admin/password_change/").headers["Location"] == reverse("password_change")
    me.refresh_from_db()
    assert me.password == before


def test_leaving_by_the_admin_ends_the_session_in_the_list(client, keeper) -> None:
    me = User.objects.get(username="pengelola")
    session = client.session
    session["login"] = make(Login, user=me, session_key=session.session_key).pk
    session.save()
    assert client.post(reverse("admin:logout")).status_code == 302
    assert Login.objects.get(user=me).ending == LoginEnding.LOGOUT


def test_the_words_that_djangos_indonesian_lacks_are_ours(root):
    page = root.get(reverse("admin:sakip_membership_add")).content.decode()
    assert "- Pilih -" in page
    assert "Select an option" not in page
    words = root.get(reverse("admin:jsi18n")).content.decode()
    assert words.count("menurut zona waktu %(timezone)s") == 2
    assert "Hari ini" in words
