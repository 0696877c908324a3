"""What the state of a performance agreement allows, whoever asks: what a draft lacks to be put in force. Who
may is `permissions.py`."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from sakip.models import Agreement, AgreementIndicator, ValueState


class AgreementNotReady(PermissionDenied):
    """The draft lacks something that a signed agreement has."""


def lacking(draft: Agreement, rows: Iterable[AgreementIndicator]) -> tuple[str, ...]:
    """What the draft lacks to be put in force, in sentences."""
    rows = tuple(rows)
    found = [] if draft.signed_on else ["Tanggal penandatanganan belum diisi."]
    if not rows:
        found.append("Belum ada indikator yang dimuat.")
    missing = (row for row in rows if row.target_state == ValueState.MISSING)
    found += [f"Target {row.name} belum ada." for row in missing]
    return tuple(found)


def require_put_in_force(
    draft: Agreement, rows: Iterable[AgreementIndicator], in_force: Agreement | None
) -> None:
    """Raises AgreementNotReady, also where a newer one came in force while the draft was written."""
    found = list(lacking(draft, rows))
    if in_force and in_force.revision >= draft.revision:
        found.append(
            f"{in_force.title} sudah berlaku dan lebih baru. Hapus rancangan ini, lalu buat perubahannya."
        )
    if found:
        raise AgreementNotReady(f"{draft.title} belum dapat diberlakukan. {' '.join(found)}")
