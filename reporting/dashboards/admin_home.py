"""The page of the administrator: accounts and roles that want mending, and how far the year is prepared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from reporting.dashboards.readiness import Step, prefilled, steps
from sakip import indonesian
from sakip.models import Agency, Membership, Role, Unit, User
from sakip.queries.accounts import Account, ending_roles, kept_accounts, vacant_roles
from sakip.queries.people import people_of
from sakip.templatetags.indonesian import tanggal
from sakip.views.place import Place

Context = dict[str, object]


@dataclass(frozen=True, slots=True)
class Seen:
    """What an administrator keeps, as it stands on a day."""

    by: User
    agency: Agency
    year: int
    on: date
    units: list[Unit]
    accounts: list[Account]
    ending: list[Membership]
    vacant: list[tuple[Unit | None, Role]]
    steps: list[Step]

    @property
    def wanting(self) -> list[Account]:
        return [account for account in self.accounts if account.lacks_role or account.lacks_second_factor]

    @property
    def open_steps(self) -> list[Step]:
        return [step for step in self.steps if not step.is_done]


def look(by: User, place: Place, on: date) -> Seen:
    units = list(Unit.objects.filter(agency=place.agency, is_active=True).order_by("sort_order", "name"))
    return Seen(
        by=by,
        agency=place.agency,
        year=place.year,
        on=on,
        units=units,
        accounts=kept_accounts(by, place.agency, on),
        ending=ending_roles(place.agency, on),
        vacant=vacant_roles(units, people_of(place.agency, on)),
        steps=steps(place, units, on),
    )


def page(seen: Seen) -> Context:
    return {
        "answers": [_accounts(seen), _vacant(seen), _ending(seen), _prepared(seen)],
        "accounts": _account_table(seen),
        "vacant": _vacant_table(seen),
        "ending": _ending_table(seen),
        "steps": _step_table(seen),
        "steps_title": f"Persiapan tahun {seen.year}",
    }


# ---------------------------------------------------------------- the answers
def _accounts(seen: Seen) -> Context:
    roleless = sum(account.lacks_role for account in seen.wanting)
    parts = ((roleless, "tanpa peran"), (len(seen.wanting) - roleless, "tanpa kode autentikator"))
    told = ", ".join(f"{count} {word}" for count, word in parts if count)
    return _answer("Akun perlu dibenahi", len(seen.wanting), "akun", "#akun", told or _in_use(seen))


def _in_use(seen: Seen) -> str:
    return f"{len(seen.accounts)} akun aktif, semuanya berperan"


def _vacant(seen: Seen) -> Context:
    operators = sum(role == Role.OPERATOR for _, role in seen.vacant)
    told = f"{operators} unit tanpa operator" if operators else "Setiap unit mempunyai operator"
    return _answer("Peran belum dipegang", len(seen.vacant), "peran", "#belum-dipegang", told)


def _ending(seen: Seen) -> Context:
    told = f"Paling dekat {tanggal(seen.ending[0].valid_until)}" if seen.ending else "Dalam 30 hari ke depan"
    return _answer("Peran segera berakhir", len(seen.ending), "peran", "#berakhir", told)


def _prepared(seen: Seen) -> Context:
    done = len(seen.steps) - len(seen.open_steps)
    return {
        "label": f"Persiapan {seen.year}",
        "value": f"{done} dari {len(seen.steps)}",
        "hint": f"Berikutnya: {seen.open_steps[0].name}" if seen.open_steps else "Semuanya siap",
        "link": "#persiapan",
    }


def _answer(label: str, count: int, unit: str, link: str, told: str) -> Context:
    return {
        "label": label,
        "value": indonesian.number(count, 0) if count else "Tidak ada",
        "unit": unit if count else "",
        "hint": told,
        "link": link,
    }


# ---------------------------------------------------------------- the tables
def _account_table(seen: Seen) -> Context:
    return _table(
        "akun-tabel",
        "Daftar akun",
        ("Akun", "Yang perlu dibenahi", "Peran", "Terakhir masuk", "Tindakan"),
        [_account(seen, account) for account in seen.wanting],
    )


def _account(seen: Seen, account: Account) -> Context:
    user = account.user
    if account.lacks_role and account.ended:
        wrong = _cell("Tanpa peran", note=f"Peran terakhir berakhir {tanggal(account.ended.valid_until)}.")
        mend = _cell("Ubah masa peran", _role_url(account.ended))
    elif account.lacks_role:
        wrong = _cell("Tanpa peran", note="Belum pernah diberi peran.")
        mend = _cell("Beri peran", prefilled("sakip_membership", user=user.pk, agency=seen.agency.pk))
    elif user == seen.by:
        wrong = _cell("Tanpa kode autentikator", note="Akun Anda sendiri.")
        mend = _cell("Pasang kode", reverse("second_factor"))
    else:
        wrong = _cell("Tanpa kode autentikator", note="Mintalah pemiliknya memasangnya di Akun saya.")
        mend = _cell("Buka akun", _account_url(user))
    return _row(
        _cell(str(user), _account_url(user), note=user.username, header=True),
        wrong,
        _cell("; ".join(_told(row) for row in account.held) or "Tidak ada"),
        _cell(tanggal(user.last_login) or "Belum pernah"),
        mend,
    )


def _vacant_table(seen: Seen) -> Context:
    rows = [
        _row(
            _cell(unit.name if unit else seen.agency.name, header=True),
            _cell(role.label),
            _cell("Beri peran", _give_url(seen, unit, role)),
        )
        for unit, role in seen.vacant
    ]
    heads = ("Unit kerja", "Peran yang belum dipegang", "Tindakan")
    return _table("belum-dipegang-tabel", "Daftar peran tanpa pemegang", heads, rows)


def _give_url(seen: Seen, unit: Unit | None, role: Role) -> str:
    values: dict[str, object] = {"role": role.value, "agency": seen.agency.pk}
    return prefilled("sakip_membership", **values | ({"unit": unit.pk} if unit else {}))


def _ending_table(seen: Seen) -> Context:
    rows = [
        _row(
            _cell(str(row.user), _account_url(row.user), header=True),
            _cell(_told(row)),
            _cell(tanggal(row.valid_until), note=_left(row, seen.on)),
            _cell("Ubah masa peran", _role_url(row)),
        )
        for row in seen.ending
    ]
    heads = ("Pemegang", "Peran", "Berakhir", "Tindakan")
    return _table("berakhir-tabel", "Daftar peran yang berakhir dalam 30 hari", heads, rows)


def _left(row: Membership, on: date) -> str:
    assert row.valid_until is not None
    days = (row.valid_until - on).days
    return f"{days} hari lagi" if days else "hari ini"


def _step_table(seen: Seen) -> Context:
    rows: list[Context] = [
        {
            "tone": "" if step.is_done else "warning",
            "cells": [
                _cell(step.name, step.url, header=True),
                _cell("Siap" if step.is_done else "Belum"),
                _cell(step.told),
            ],
        }
        for step in seen.steps
    ]
    heads = ("Langkah", "Keadaan", "Keterangan")
    return _table("persiapan-tabel", "Daftar langkah", heads, rows)


def _told(row: Membership) -> str:
    """'Operator Kelurahan Bukuan'."""
    return f"{row.get_role_display()} {row.unit.name}" if row.unit else row.get_role_display()


def _account_url(user: User) -> str:
    return reverse("admin:sakip_user_change", args=[user.pk])


def _role_url(row: Membership) -> str:
    return reverse("admin:sakip_membership_change", args=[row.pk])


def _table(key: str, caption: str, heads: tuple[str, ...], rows: list[Context]) -> Context:
    columns = [{"label": head, "kind": "text"} for head in heads]
    return {"id": key, "caption": caption, "columns": columns, "rows": rows}


def _row(*cells: Context) -> Context:
    return {"cells": list(cells)}


def _cell(text: str, url: str = "", note: str = "", header: bool = False) -> Context:
    return {"text": text, "kind": "text", "url": url, "note": note, "header": header}
