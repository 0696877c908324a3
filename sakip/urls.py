"""All addresses of the portal. Other apps are named by string, so the core does not import them."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog

import sakip.converters  # noqa: F401 - <year:> and <quarter:> in the addresses below
from sakip.views import (
    account,
    agreed_actions,
    design,
    history,
    home,
    inbox,
    own_account,
    sso,
    tour,
    windows,
)

FOLLOW_UP = "<slug:agency>/<year:year>/rapat/tindak-lanjut/<int:action>/"

urlpatterns: list[URLPattern | URLResolver] = []
if settings.DEBUG:
    urlpatterns += [path("desain/", design.showcase, name="design")]
urlpatterns += [
    # Before the admin's own: one door for all, in and out, and one way to a new password of one's own.
    path("admin/login/", account.admin_login, name="admin_login"),
    path("admin/logout/", account.logout, name="admin_logout"),
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="password_change"),
        name="admin_password_change",
    ),
    # With the words that the admin's own Indonesian lacks (sakip/locale).
    path(
        "admin/jsi18n/",
        JavaScriptCatalog.as_view(packages=["django.contrib.admin", "sakip"]),
        name="admin_words",
    ),
    path("admin/", admin.site.urls),
    path("masuk/", account.login, name="login"),
    path("masuk/kode/", account.login_code, name="login_code"),
    path("masuk/sso/", sso.leave, name="sso"),
    path("masuk/sso/kembali/", sso.come_back, name="sso_return"),
    path("akun/", own_account.page, name="account"),
    path("akun/kode/", own_account.second_factor, name="second_factor"),
    path("akun/kode/matikan/", own_account.second_factor_off, name="second_factor_off"),
    path("akun/sesi/<int:login>/akhiri/", own_account.end_session, name="session_end"),
    path("akun/sesi/akhiri-lainnya/", own_account.end_others, name="sessions_end"),
    path("keluar/", account.logout, name="logout"),
    path("kata-sandi/", account.password_change, name="password_change"),
    path("pemberitahuan/", account.notifications, name="notifications"),
    path("tur/selesai/", tour.done, name="tour_done"),
    path("", include("reporting.portal_urls")),
    path("", home.home, name="home"),
    path("<slug:agency>/", home.agency, name="agency"),
    path("<slug:agency>/<year:year>/tugas/", inbox.page, name="inbox"),
    path("<slug:agency>/<year:year>/riwayat/", history.page, name="history"),
    path("<slug:agency>/<year:year>/riwayat.csv", history.as_csv, name="history_csv"),
    path("<slug:agency>/<year:year>/riwayat.xlsx", history.as_xlsx, name="history_xlsx"),
    path("<slug:agency>/<year:year>/jadwal/", windows.page, name="windows"),
    path("<slug:agency>/<year:year>/jadwal/lkjip/", windows.report_due, name="report_due"),
    path("<slug:agency>/<year:year>/jadwal/perpanjangan/", windows.grant, name="exception_grant"),
    path(
        "<slug:agency>/<year:year>/jadwal/perpanjangan/<int:leave>/akhiri/",
        windows.end,
        name="exception_end",
    ),
    path(FOLLOW_UP, agreed_actions.page, name="agreed_action"),
    path(f"{FOLLOW_UP}ubah/", agreed_actions.change, name="agreed_action_change"),
    path(f"{FOLLOW_UP}periksa/", agreed_actions.review, name="agreed_action_review"),
    path(f"{FOLLOW_UP}bukti/<int:evidence>/", agreed_actions.proof, name="agreed_action_proof"),
    path("<slug:agency>/<year:year>/", include("budget.urls")),
    path("<slug:agency>/<year:year>/", include("reporting.urls")),
]
