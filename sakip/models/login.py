"""Who logged in, when, from where and until when; and which account at the single sign-on is whose."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sakip.models.base import one_of


class LoginMethod(models.TextChoices):
    PASSWORD = "password", "kata sandi"
    SSO = "sso", "SSO pemerintah"


class LoginEnding(models.TextChoices):
    OPEN = "", "berjalan"
    LOGOUT = "logout", "keluar"
    ENDED = "ended", "diakhiri dari Akun saya"
    PASSWORD = "password", "kata sandi diganti"


class LoginQuerySet(models.QuerySet["Login"]):
    def running(self, at) -> "LoginQuerySet":
        """Not ended, and not run out by time."""
        return self.filter(ending=LoginEnding.OPEN, expires_at__gt=at)


class Login(models.Model):
    """One log-in and the session that it began. Never deleted; `session_key` goes when the session ends."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="logins", verbose_name="pengguna"
    )
    method = models.CharField("cara masuk", max_length=10, choices=LoginMethod)
    with_code = models.BooleanField("dengan kode autentikator", default=False)
    at = models.DateTimeField("pada")
    address = models.CharField("alamat IP", max_length=45, blank=True)
    device = models.CharField("perangkat", max_length=300, blank=True)
    session_key = models.CharField("kunci sesi", max_length=40, blank=True)
    seen_at = models.DateTimeField("terakhir terlihat")
    expires_at = models.DateTimeField("berlaku sampai")
    ended_at = models.DateTimeField("berakhir pada", null=True, blank=True)
    ending = models.CharField("cara berakhir", max_length=10, choices=LoginEnding, blank=True)

    objects = LoginQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan masuk"
        verbose_name_plural = "catatan masuk"
        ordering = ["-at", "-pk"]
        constraints = [
            one_of("method", LoginMethod, "sakip_login_method_known"),
            models.CheckConstraint(
                condition=Q(ending="", ended_at__isnull=True)
                | (Q(ending__in=["logout", "ended", "password"]) & Q(ended_at__isnull=False, session_key="")),
                name="sakip_login_ended_has_time_and_no_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%d-%m-%Y %H.%M}"


class SsoIdentity(models.Model):
    """The account at the single sign-on that belongs to an account of the portal."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sso_identities", verbose_name="pengguna"
    )
    issuer = models.CharField("penyedia", max_length=200)
    subject = models.CharField("nomor pada penyedia", max_length=255)
    linked_at = models.DateTimeField("ditautkan pada")

    class Meta:
        verbose_name = "identitas SSO"
        verbose_name_plural = "identitas SSO"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="sakip_ssoidentity_unique_subject"),
            models.UniqueConstraint(fields=["user", "issuer"], name="sakip_ssoidentity_unique_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.issuer}"
