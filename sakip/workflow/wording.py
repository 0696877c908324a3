"""How the workflow speaks: who is meant by a role in this agency, and with whom a quarter or a row lies."""

from collections.abc import Iterable

from sakip.models import Agency, Role, RowState
from sakip.workflow.transitions import Action, step_on

# What somebody waits for, as a noun.
NOUNS = {
    Action.SUBMIT: "pengajuan",
    Action.VERIFY: "verifikasi",
    Action.APPROVE: "pengesahan",
    Action.LOCK: "penguncian",
}
# What happened, for timelines, messages and mails.
DONE = {
    RowState.SUBMITTED: "diajukan",
    RowState.VERIFIED: "diverifikasi",
    RowState.APPROVED: "disahkan",
    RowState.LOCKED: "dikunci",
    RowState.RETURNED: "dikembalikan",
}
TONES = {
    RowState.SUBMITTED: ("info", "send"),
    RowState.VERIFIED: ("primary", "checks"),
    RowState.APPROVED: ("success", "circle-check"),
    RowState.LOCKED: ("neutral", "lock"),
    RowState.RETURNED: ("danger", "arrow-back-up"),
}


def role_name(role: Role, agency: Agency) -> str:
    """'operator'; the head under the title that this agency gives it."""
    return agency.head_title if role == Role.HEAD else role.label.lower()


def names_of(roles: Iterable[Role], agency: Agency) -> str:
    """'operator atau penanggung jawab', in the order of the roles."""
    return " atau ".join(role_name(role, agency) for role in Role if role in set(roles))


def waiting_text(state: str, agency: Agency) -> str:
    """'Menunggu verifikasi oleh perencana'; empty where nothing is left to do."""
    step = step_on(state)
    if step is None:
        return ""
    return f"Menunggu {NOUNS[step.action]} oleh {names_of(step.roles, agency)}"
