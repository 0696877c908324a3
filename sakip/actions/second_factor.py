"""The second factor: codes of an authenticator app (TOTP), and recovery codes that work once."""

import time
from datetime import datetime

from django.db import transaction
from django_otp import devices_for_user, match_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from sakip.actions import history
from sakip.models import HistoryAction, User

RECOVERY_CODES = 10
# How the history calls it, and how it stands.
FIELD, ON, OFF = "kode autentikator", "terpasang", "dilepas"


class WrongCodeError(ValueError):
    """The six digits do not belong to the key that was shown."""


def has_second_factor(user: User) -> bool:
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


@transaction.atomic
def set_up(*, by: User, key: str, code: str, at: datetime) -> list[str]:
    """Turn it on once the app proves that it knows the key (hex). The recovery codes, to be shown once."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time()
    if not code.isdigit() or not totp.verify(int(code), tolerance=1):
        raise WrongCodeError(code)
    _forget(by)
    TOTPDevice.objects.create(user=by, key=key, name="Aplikasi autentikator", last_t=totp.t())
    kept = StaticDevice.objects.create(user=by, name="Kode pemulihan")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=kept, token=code) for code in codes)
    _note(by, "", ON, by, at)
    return codes


@transaction.atomic
def turn_off(*, user: User, by: User, at: datetime) -> None:
    """One's own, or that of an account that one keeps."""
    was_on = has_second_factor(user)
    _forget(user)
    if was_on:
        _note(user, ON, OFF, by, at)


def _forget(user: User) -> None:
    for device in devices_for_user(user, confirmed=None):
        device.delete()


def _note(user: User, old: str, new: str, by: User, at: datetime) -> None:
    change = history.Change(FIELD, old, new)
    history.record(
        agency=None, unit=None, subject=user, action=HistoryAction.UPDATE, changes=[change], by=by, at=at
    )


def is_right(*, user: User, code: str) -> bool:
    """Whether a code of the app, or a recovery code (used up by this), is right. Wrong ones slow down."""
    return match_token(user, code) is not None
