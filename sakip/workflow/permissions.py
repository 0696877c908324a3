"""Who may: the one place that answers it, from the roles a user holds today.

Every question comes as a pair: `may_x` answers yes or no for a button, `require_x` raises PermissionDenied
with a reason that a person can read. What the state and the window of a quarter allow is `policies.py`.

An agency in which a user holds no role does not exist for that user: fetching anything of it is a 404.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from sakip.models import Agency, Evidence, Role, Unit, UnitQuarter, User
from sakip.workflow.roles import roles_in, roles_of, sees_everything
from sakip.workflow.transitions import TRANSITIONS, Action, Step, step_for, steps_from

# Roles that may fill in: for their own unit, or for every unit of their agency.
EDITS_OWN_UNIT = frozenset({Role.OPERATOR, Role.UNIT_HEAD})
EDITS_EVERY_UNIT = frozenset({Role.PLANNER})
# Roles that decide or keep accounts, so that the city may ask for more than a password.
GUARDED = frozenset({Role.PLANNER, Role.HEAD, Role.ADMIN})
# Roles that look at an office from outside: were they its own to give, it would judge itself.
APPOINTED_BY_CITY = frozenset({Role.EVALUATOR, Role.CITY})


# ---------------------------------------------------------------- an agency, read
def may_read_agency(user: User, agency: Agency) -> bool:
    """Everybody with a role in the agency reads its figures and its report; nobody else does."""
    return sees_everything(user) or bool(roles_in(user, agency))


def require_read_agency(user: User, agency: Agency) -> None:
    if not may_read_agency(user, agency):
        raise PermissionDenied(f"Anda tidak memiliki peran pada {agency.name}.")


def agencies_of(user: User) -> QuerySet[Agency]:
    """The agencies that a user may read."""
    agencies = Agency.objects.select_related("government")
    if sees_everything(user):
        return agencies
    held = roles_of(user)
    return agencies.filter(
        Q(pk__in=[role.agency for role in held if role.agency is not None])
        | Q(government__in=[role.government for role in held if role.agency is None])
    )


def get_agency(user: User, slug: str) -> Agency:
    """The agency, or 404: for whoever holds no role in it, it does not exist."""
    agency = get_object_or_404(Agency.objects.select_related("government"), slug=slug)
    if not may_read_agency(user, agency):
        raise Http404
    return agency


def quarters_of(user: User, quarters: QuerySet[UnitQuarter]) -> QuerySet[UnitQuarter]:
    """Those of the quarters that belong to an agency which the user may read."""
    if sees_everything(user):
        return quarters
    held = roles_of(user)
    return quarters.filter(
        Q(unit__agency__in=[role.agency for role in held if role.agency is not None])
        | Q(unit__agency__government__in=[role.government for role in held if role.agency is None])
    )


# ---------------------------------------------------------------- a unit's quarter
def may_fill_in(user: User, unit: Unit) -> bool:
    """Operator and penanggung jawab of the unit itself, and the agency's perencana."""
    return any(
        (held.role in EDITS_OWN_UNIT and held.unit == unit.pk)
        or (held.role in EDITS_EVERY_UNIT and held.agency == unit.agency_id)
        for held in roles_of(user)
    )


def require_fill_in(user: User, unit: Unit) -> None:
    if not may_fill_in(user, unit):
        raise PermissionDenied(
            f"Realisasi {unit.name} hanya dapat diisi oleh operator dan penanggung jawab unit itu, "
            "serta perencana instansi."
        )


def may_remove_evidence(user: User, unit: Unit, evidence: Evidence) -> bool:
    """Who added it, as long as they fill in, and the perencana."""
    if not may_fill_in(user, unit):
        return False
    return evidence.added_by_id == user.pk or bool(EDITS_EVERY_UNIT & roles_for(user, unit))


def require_remove_evidence(user: User, unit: Unit, evidence: Evidence) -> None:
    if not may_remove_evidence(user, unit, evidence):
        raise PermissionDenied(
            f"Bukti “{evidence}” hanya dapat dihapus oleh yang melampirkannya atau oleh perencana."
        )


def get_unit_quarter(user: User, agency: Agency, year: int, unit_slug: str, quarter: int) -> UnitQuarter:
    """The quarter of a unit of an agency that the user may read, or 404. `unit.agency` is the one given."""
    if not may_read_agency(user, agency):
        raise Http404
    found = get_object_or_404(
        UnitQuarter.objects.select_related("unit").prefetch_related("exceptions"),
        unit__agency=agency,
        unit__slug=unit_slug,
        year=year,
        quarter=quarter,
    )
    found.unit.agency = agency
    return found


def roles_for(user: User, unit: Unit) -> frozenset[Role]:
    """The roles that count for a unit: its own, and those of its agency; not those of a sibling unit."""
    return frozenset(
        held.role for held in roles_of(user) if held.agency == unit.agency_id and held.unit in (None, unit.pk)
    )


def may_do(user: User, unit_quarter: UnitQuarter, action: Action) -> bool:
    """Whether a role of the user is among those the table of transitions names for the quarter's state."""
    step = step_for(unit_quarter.state, action)
    return step is not None and may_take(user, unit_quarter.unit, step)


def may_take(user: User, unit: Unit, step: Step) -> bool:
    """Whether a line of the table names a role that the user holds for the unit."""
    return bool(step.roles & roles_for(user, unit))


def require_take(user: User, unit_quarter: UnitQuarter, step: Step) -> None:
    if not may_take(user, unit_quarter.unit, step):
        who = " atau ".join(sorted(role.label.lower() for role in step.roles))
        raise PermissionDenied(f"{step.label} {unit_quarter} hanya dapat dilakukan oleh {who}.")


def require_do(user: User, unit_quarter: UnitQuarter, action: Action) -> None:
    step = step_for(unit_quarter.state, action)
    if step is None:
        raise PermissionDenied(
            f"{unit_quarter} berstatus {unit_quarter.get_state_display()}: tindakan ini tidak tersedia."
        )
    require_take(user, unit_quarter, step)


def steps_open_to(user: User, unit_quarter: UnitQuarter) -> list[Step]:
    """The lines of the table that the user may follow now: the buttons of the page."""
    return [step for step in steps_from(unit_quarter.state) if may_take(user, unit_quarter.unit, step)]


def may_act(user: User, unit: Unit) -> bool:
    """Whether any step of a unit's quarters, in whatever state, can be the user's."""
    return any(may_take(user, unit, step) for step in TRANSITIONS)


def require_act(user: User, unit: Unit) -> None:
    if not may_act(user, unit):
        raise PermissionDenied(f"Peran Anda tidak mengajukan dan tidak memeriksa realisasi {unit.name}.")


def may_comment(user: User, unit: Unit) -> bool:
    """Those who fill in a unit's quarter and those who review it talk about its figures, in every state."""
    return may_act(user, unit) or may_fill_in(user, unit)


def require_comment(user: User, unit: Unit) -> None:
    if not may_comment(user, unit):
        raise PermissionDenied(
            f"Komentar pada isian {unit.name} hanya dapat ditulis oleh yang mengisi dan yang memeriksanya."
        )


# ---------------------------------------------------------------- the windows
def may_set_windows(user: User, agency: Agency) -> bool:
    """Perencana and admin instansi set the dates of the quarters and grant exceptions."""
    return bool(roles_in(user, agency) & {Role.PLANNER, Role.ADMIN})


def require_set_windows(user: User, agency: Agency) -> None:
    if not may_set_windows(user, agency):
        raise PermissionDenied(
            f"Jadwal triwulan {agency.name} hanya dapat diatur oleh perencana dan admin instansi."
        )


# ---------------------------------------------------------------- the action plan
def may_write_action_plan(user: User, agency: Agency) -> bool:
    """The perencana sets the targets of the quarters."""
    return Role.PLANNER in roles_in(user, agency)


def require_write_action_plan(user: User, agency: Agency) -> None:
    if not may_write_action_plan(user, agency):
        raise PermissionDenied(f"Rencana aksi {agency.name} hanya dapat ditulis oleh perencana.")


# ---------------------------------------------------------------- meetings
def may_keep_meetings(user: User, agency: Agency) -> bool:
    """The perencana invites, writes the minutes and what was agreed."""
    return Role.PLANNER in roles_in(user, agency)


def require_keep_meetings(user: User, agency: Agency) -> None:
    if not may_keep_meetings(user, agency):
        raise PermissionDenied(f"Rapat {agency.name} hanya dapat diatur oleh perencana.")


def may_report_action(user: User, unit: Unit) -> bool:
    """Operator and penanggung jawab of the unit that a follow-up was given to."""
    return any(held.role in EDITS_OWN_UNIT and held.unit == unit.pk for held in roles_of(user))


def require_report_action(user: User, unit: Unit) -> None:
    if not may_report_action(user, unit):
        raise PermissionDenied(
            "Tindak lanjut ini hanya dapat dilaporkan selesai oleh operator atau penanggung jawab "
            f"{unit.name}."
        )


def may_review_action(user: User, agency: Agency) -> bool:
    """Perencana and head accept a report, give it back, or cancel the follow-up."""
    return bool(roles_in(user, agency) & {Role.PLANNER, Role.HEAD})


def require_review_action(user: User, agency: Agency) -> None:
    if not may_review_action(user, agency):
        raise PermissionDenied(
            f"Tindak lanjut hanya dapat diterima, dikembalikan, atau dibatalkan oleh perencana atau "
            f"{agency.head_title}."
        )


# ---------------------------------------------------------------- the performance agreements
def may_keep_agreements(user: User, agency: Agency) -> bool:
    """The perencana writes the year's agreement and its revisions and puts them in force."""
    return Role.PLANNER in roles_in(user, agency)


def require_keep_agreements(user: User, agency: Agency) -> None:
    if not may_keep_agreements(user, agency):
        raise PermissionDenied(f"Perjanjian kinerja {agency.name} hanya dapat disusun oleh perencana.")


# ---------------------------------------------------------------- the report
def may_issue_report(user: User, agency: Agency) -> bool:
    """Perencana and head issue editions of the agency's report."""
    return bool(roles_in(user, agency) & {Role.PLANNER, Role.HEAD})


def require_issue_report(user: User, agency: Agency) -> None:
    if not may_issue_report(user, agency):
        raise PermissionDenied(
            f"Edisi laporan {agency.name} hanya dapat diterbitkan oleh perencana atau {agency.head_title}."
        )


def may_publish_report(user: User, agency: Agency) -> bool:
    """Perencana and head open the agency's public page and close it."""
    return bool(roles_in(user, agency) & {Role.PLANNER, Role.HEAD})


def require_publish_report(user: User, agency: Agency) -> None:
    if not may_publish_report(user, agency):
        raise PermissionDenied(
            f"Halaman publik {agency.name} hanya dapat dibuka atau ditutup oleh perencana atau "
            f"{agency.head_title}."
        )


# ---------------------------------------------------------------- the report's own texts
def may_write_report(user: User, agency: Agency) -> bool:
    """The perencana writes what the report says beside its figures."""
    return Role.PLANNER in roles_in(user, agency)


def require_write_report(user: User, agency: Agency) -> None:
    if not may_write_report(user, agency):
        raise PermissionDenied(f"Naskah LKjIP {agency.name} hanya dapat ditulis oleh perencana.")


# ---------------------------------------------------------------- the evaluator's worksheet
def may_answer_criteria(user: User, agency: Agency) -> bool:
    """The perencana answers the criteria for the office."""
    return Role.PLANNER in roles_in(user, agency)


def require_answer_criteria(user: User, agency: Agency) -> None:
    if not may_answer_criteria(user, agency):
        raise PermissionDenied(f"Kriteria evaluasi {agency.name} hanya dapat dijawab oleh perencana.")


def may_judge(user: User, agency: Agency) -> bool:
    """The evaluator judges; nobody of the office does."""
    return Role.EVALUATOR in roles_in(user, agency)


def require_judge(user: User, agency: Agency) -> None:
    if not may_judge(user, agency):
        raise PermissionDenied(f"Sub komponen evaluasi {agency.name} hanya dapat dinilai oleh evaluator.")


def may_recommend(user: User, agency: Agency) -> bool:
    """The evaluator, whose words they are, and the admin instansi, who records the LHE."""
    return bool(roles_in(user, agency) & {Role.EVALUATOR, Role.ADMIN})


def require_recommend(user: User, agency: Agency) -> None:
    if not may_recommend(user, agency):
        raise PermissionDenied(
            f"Rekomendasi LHE {agency.name} hanya dapat dicatat oleh evaluator dan admin instansi."
        )


# ---------------------------------------------------------------- a person's own files
def may_keep_download(user: User, owner: int) -> bool:
    """Nobody but the person themselves cancels or deletes what is in their list."""
    return user.pk == owner


def require_keep_download(user: User, owner: int) -> None:
    if not may_keep_download(user, owner):
        raise PermissionDenied("Unduhan hanya dapat dibatalkan atau dihapus oleh yang memintanya.")


# ---------------------------------------------------------------- agencies compared
def compared_agencies(user: User) -> QuerySet[Agency]:
    """Those that a user looks at side by side: a pengawas kota every agency of the government, an evaluator
    the agencies given to them."""
    agencies = Agency.objects.select_related("government")
    if sees_everything(user):
        return agencies
    held = roles_of(user)
    return agencies.filter(
        Q(government__in=[role.government for role in held if role.role == Role.CITY])
        | Q(pk__in=[role.agency for role in held if role.role == Role.EVALUATOR])
    )


def may_compare(user: User) -> bool:
    """Pengawas kota, and evaluators of several agencies."""
    roles = [role.role for role in roles_of(user)]
    return sees_everything(user) or Role.CITY in roles or roles.count(Role.EVALUATOR) > 1


def require_compare(user: User) -> None:
    if not may_compare(user):
        raise PermissionDenied(
            "Perbandingan perangkat daerah hanya dapat dibuka oleh pengawas kota dan oleh evaluator beberapa "
            "perangkat daerah."
        )


# ---------------------------------------------------------------- the reference data
def may_manage(user: User, agency: Agency) -> bool:
    """Admin instansi keeps the agency's accounts and master data."""
    return sees_everything(user) or Role.ADMIN in roles_in(user, agency)


def require_manage(user: User, agency: Agency) -> None:
    if not may_manage(user, agency):
        raise PermissionDenied(f"Akun dan data dasar {agency.name} hanya dijaga oleh admin instansi.")


def managed_agencies(user: User) -> QuerySet[Agency]:
    """Those whose master data a user keeps in the admin site: admin instansi those of their role."""
    if sees_everything(user):
        return Agency.objects.all()
    return Agency.objects.filter(pk__in=[held.agency for held in roles_of(user) if held.role == Role.ADMIN])


def grantable_roles(user: User) -> list[Role]:
    """Admin instansi grants the roles of the office itself; evaluator and pengawas kota are appointed by the
    city, whose keeper is the superuser."""
    if sees_everything(user):
        return list(Role)
    if not any(held.role == Role.ADMIN for held in roles_of(user)):
        return []
    return [role for role in Role if role not in APPOINTED_BY_CITY]


def may_grant(user: User, role: Role) -> bool:
    """Grant a role, change its days, or take it away."""
    return role in grantable_roles(user)


def require_grant(user: User, role: Role) -> None:
    if not may_grant(user, role):
        raise PermissionDenied(f"Peran {role.label.lower()} hanya dapat diberikan oleh pengelola kota.")


# ---------------------------------------------------------------- one's own account
def needs_second_factor(user: User) -> bool:
    """A superuser, and whoever holds a guarded role."""
    return user.is_superuser or any(held.role in GUARDED for held in roles_of(user))
