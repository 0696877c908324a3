"""Who gets what from every address of the portal: persona x address x state, a row each."""

from sakip.models import RowState
from tests.access_agreements import AGREEMENTS
from tests.access_row import (
    ACTING,
    EMPTY_YEAR,
    FILLING_IN,
    FORBIDDEN,
    ISSUING,
    MANAGING,
    MISSING,
    MOVED,
    NOT_UNDERSTOOD,
    OK,
    PERSONAS,
    PLANNING,
    SUBMITTING,
    WINDOWS,
    WRONG_METHOD,
    YEARLY,
    Row,
)
from tests.access_worksheet import WORKSHEET
from tests.world import YEAR

VILLAGE = YEARLY | {"unit": "kelurahan", "quarter": 4}
GROUP = VILLAGE | {"group": "SUB"}
JOB = YEARLY | {"job": "JOB"}
DOWNLOAD = YEARLY | {"download": "DOWNLOAD"}
PROVED = VILLAGE | {"kind": "indikator", "row": "ROW"}
PIECE = PROVED | {"evidence": "PHOTO"}
PROVED_LINE = VILLAGE | {"kind": "anggaran", "row": "LINE"}
PIECE_OF_LINE = PROVED_LINE | {"evidence": "PHOTO"}
CELL = VILLAGE | {"cell": "AMOUNT"}
MEETING = YEARLY | {"quarter": 3}
NO_MEETING = YEARLY | {"quarter": 1}
PAPER = MEETING | {"paper": "undangan"}
AGREED = YEARLY | {"action": "ACTION"}
PROOF = AGREED | {"evidence": "PROOF"}
REVIEWING = frozenset({"planner", "head"})
CLOSED_STATES = (RowState.SUBMITTED, RowState.VERIFIED, RowState.APPROVED, RowState.LOCKED)

ROWS = [
    # ------------------------------------------------------------ the door
    Row("login", everybody=dict.fromkeys(PERSONAS, MOVED) | {"anonymous": OK}),
    Row("login", "post", everybody=dict.fromkeys(PERSONAS, MOVED) | {"anonymous": OK}),
    Row("login_code", everybody=dict.fromkeys(PERSONAS, MOVED)),
    Row("sso", everybody=dict.fromkeys(PERSONAS, MISSING)),
    Row("sso_return", everybody=dict.fromkeys(PERSONAS, MISSING)),
    Row("account", everybody=dict.fromkeys(PERSONAS, OK) | {"anonymous": MOVED}),
    Row("second_factor", everybody=dict.fromkeys(PERSONAS, OK) | {"anonymous": MOVED}),
    Row("second_factor", "post", everybody=dict.fromkeys(PERSONAS, NOT_UNDERSTOOD) | {"anonymous": MOVED}),
    Row(
        "second_factor_off", "post", everybody=dict.fromkeys(PERSONAS, NOT_UNDERSTOOD) | {"anonymous": MOVED}
    ),
    Row(
        "session_end",
        "post",
        everybody=dict.fromkeys(PERSONAS, MISSING) | {"anonymous": MOVED},
        place={"login": 999},
    ),
    Row("sessions_end", "post", everybody=dict.fromkeys(PERSONAS, MOVED)),
    Row("logout", "post", everybody=dict.fromkeys(PERSONAS, MOVED)),
    Row("logout", everybody=dict.fromkeys(PERSONAS, WRONG_METHOD) | {"anonymous": MOVED}),
    Row("admin_login", everybody=dict.fromkeys(PERSONAS, FORBIDDEN) | {"anonymous": MOVED}),
    Row("admin_logout", "post", everybody=dict.fromkeys(PERSONAS, MOVED)),
    Row("admin_words", everybody=dict.fromkeys(PERSONAS, OK) | {"anonymous": MOVED}),
    Row("admin_password_change", everybody=dict.fromkeys(PERSONAS, MOVED)),
    Row("password_change", everybody=dict.fromkeys(PERSONAS, OK) | {"anonymous": MOVED}),
    Row("notifications", everybody=dict.fromkeys(PERSONAS, OK) | {"anonymous": MOVED}),
    Row("notifications", "post", everybody=dict.fromkeys(PERSONAS, MOVED)),
    Row("home", everybody=dict.fromkeys(PERSONAS, MOVED) | {"roleless": OK}),
    Row("agency", answer=MOVED, place={"agency": "contoh"}),
    Row("agency", everybody=dict.fromkeys(PERSONAS, MISSING) | {"anonymous": MOVED}, place={"agency": "xx"}),
    Row("tour_done", "post", everybody=dict.fromkeys(PERSONAS, MOVED)),
    Row("tour_done", everybody=dict.fromkeys(PERSONAS, WRONG_METHOD) | {"anonymous": MOVED}),
    # ------------------------------------------------------------ the agencies compared
    *(
        Row(
            name,
            everybody=dict.fromkeys(PERSONAS, FORBIDDEN) | {"city": OK, "superuser": OK, "anonymous": MOVED},
            place={"year": YEAR},
        )
        for name in ("city", "city_csv", "city_xlsx")
    ),
    Row(
        "city",
        everybody=dict.fromkeys(PERSONAS, FORBIDDEN)
        | {"city": MISSING, "superuser": MISSING, "anonymous": MOVED},
        place={"year": 1999},
    ),
    Row(
        "city",
        "post",
        everybody=dict.fromkeys(PERSONAS, WRONG_METHOD) | {"anonymous": MOVED},
        place={"year": YEAR},
    ),
    # ------------------------------------------------------------ the guides, for whoever is logged in
    Row("guides", everybody=dict.fromkeys(PERSONAS, OK) | {"anonymous": MOVED}),
    *(
        Row(name, everybody=dict.fromkeys(PERSONAS, answer) | {"anonymous": MOVED}, place={"role": role})
        for name in ("guide", "guide_pdf")
        for role, answer in (("camat", OK), ("tidak-ada", MISSING))
    ),
    # ------------------------------------------------------------ reading a year
    *(
        Row(name, place=place)
        for name in (
            "dashboard",
            "planner_home",
            "entry_overview",
            "figures",
            "search",
            "report",
            "reconciliation",
            "inbox",
            "meetings",
            "history",
            "history_csv",
            "history_xlsx",
        )
        for place in (YEARLY, EMPTY_YEAR)
    ),
    *(Row("admin_home", allowed=MANAGING, place=place) for place in (YEARLY, EMPTY_YEAR)),
    # ------------------------------------------------------------ the action plan
    *(Row("action_plans", answer=MOVED, place=place) for place in (YEARLY, EMPTY_YEAR)),
    Row("action_plans", "post", answer=WRONG_METHOD, place=YEARLY),
    *(Row("action_plan", place=place | {"unit": "kelurahan"}) for place in (YEARLY, EMPTY_YEAR)),
    Row("action_plan", answer=MISSING, place=YEARLY | {"unit": "xx"}),
    Row("action_plan", "post", answer=MOVED, allowed=PLANNING, place=YEARLY | {"unit": "kelurahan"}),
    Row("admin_home", "post", answer=WRONG_METHOD, place=YEARLY),
    Row("admin_home", answer=MISSING, refused=MISSING, place=YEARLY | {"year": 1999}),
    Row("reconciliation", answer=MISSING, place=YEARLY | {"year": 2005}),
    Row("unit_home", place=YEARLY | {"unit": "kelurahan"}),
    Row("unit_home", place=EMPTY_YEAR | {"unit": "kelurahan"}),
    Row("unit_home", answer=MISSING, place=YEARLY | {"unit": "tidak-ada"}),
    Row("dashboard", "post", answer=WRONG_METHOD, place=YEARLY),
    Row("dashboard", answer=MISSING, refused=MISSING, place=YEARLY | {"year": 1999}),
    Row("search", "post", answer=WRONG_METHOD, place=YEARLY),
    Row("figure", place=YEARLY | {"key": "nko.score"}),
    Row("figure", place=YEARLY | {"key": "unit_quarters.kelurahan.q3.absorption"}),
    *(
        Row("figure", answer=MISSING, place=YEARLY | {"key": key})
        for key in ("tidak.ada", "unit_quarters.tidak_ada.q3.absorption")
    ),
    Row("figure", answer=MISSING, place=EMPTY_YEAR | {"key": "nko.score"}),
    Row("report_json", place=YEARLY),
    Row("report_json", answer=MISSING, place=EMPTY_YEAR),
    # ------------------------------------------------------------ the report's file
    Row("report_request", "post", answer=MOVED, place=YEARLY),
    Row("report_request", answer=WRONG_METHOD, place=YEARLY),
    Row("report_request", "post", answer=MISSING, place=EMPTY_YEAR),
    Row("report_job", place=JOB),
    Row("report_job", answer=MISSING, place=JOB | {"year": 2031}),
    Row("report_file", place=JOB),
    Row("report_file", answer=MISSING, place=JOB, state="unfinished"),
    # ------------------------------------------------------------ everybody's own list of files
    Row("downloads", place=YEARLY),
    Row("downloads", place=EMPTY_YEAR),
    Row("downloads", "post", answer=WRONG_METHOD, place=YEARLY),
    *(
        Row(name, "post", answer=MOVED, refused=MISSING, allowed=frozenset({"planner"}), place=DOWNLOAD)
        for name in ("download_cancel", "download_delete")
    ),
    *(
        Row(name, "post", answer=MISSING, place=DOWNLOAD | {"year": 2031})
        for name in ("download_cancel", "download_delete")
    ),
    *(Row(name, answer=WRONG_METHOD, place=DOWNLOAD) for name in ("download_cancel", "download_delete")),
    # ------------------------------------------------------------ its own texts
    Row("narratives", allowed=PLANNING, place=YEARLY),
    Row("narratives", allowed=PLANNING, place=EMPTY_YEAR),
    Row("narratives", "post", answer=WRONG_METHOD, place=YEARLY),
    Row("narrative", allowed=PLANNING, place=YEARLY | {"section": "IV.B"}),
    Row("narrative", "post", answer=NOT_UNDERSTOOD, allowed=PLANNING, place=YEARLY | {"section": "IV.B"}),
    Row("narrative", answer=MISSING, allowed=PLANNING, place=YEARLY | {"section": "V"}),
    # ------------------------------------------------------------ its editions
    Row("editions", place=YEARLY),
    Row("editions", place=EMPTY_YEAR),
    Row("editions", "post", answer=WRONG_METHOD, place=YEARLY),
    Row("edition_issue", "post", answer=MOVED, allowed=ISSUING, place=YEARLY),
    Row("edition_issue", answer=WRONG_METHOD, place=YEARLY),
    *(
        Row(name, method, answer=answer, place=YEARLY | {"number": number})
        for name in ("edition_file", "edition_data")
        for method, answer, number in (("get", OK, 1), ("get", MISSING, 2), ("post", WRONG_METHOD, 1))
    ),
    # ------------------------------------------------------------ what everybody reads once it is open
    *(
        Row(name, "post", answer=MOVED, allowed=ISSUING, place=place)
        for name in ("public_open", "public_close")
        for place in (YEARLY, EMPTY_YEAR)
    ),
    *(Row(name, answer=WRONG_METHOD, place=YEARLY) for name in ("public_open", "public_close")),
    *(
        Row(name, method, place=place, state=state, everybody=dict.fromkeys(PERSONAS, answer))
        for name, method, place, state, answer in (
            ("public_index", "get", {}, "public", OK),
            ("public_index", "post", {}, "public", WRONG_METHOD),
            ("public_page", "get", YEARLY, "public", OK),
            ("public_page", "get", YEARLY, "open", MISSING),
            ("public_page", "get", EMPTY_YEAR, "public", MISSING),
            ("public_page", "get", YEARLY | {"agency": "xx"}, "public", MISSING),
            ("public_page", "post", YEARLY, "public", WRONG_METHOD),
            ("public_file", "get", YEARLY | {"name": "lkjip.pdf"}, "public", OK),
            ("public_file", "get", YEARLY | {"name": "data.csv"}, "public", OK),
            ("public_file", "get", YEARLY | {"name": "anggaran.csv"}, "public", OK),
            ("public_file", "get", YEARLY | {"name": "data.json"}, "public", OK),
            ("public_file", "get", YEARLY | {"name": "lain.csv"}, "public", MISSING),
            ("public_file", "get", YEARLY | {"name": "lkjip.pdf"}, "open", MISSING),
            ("public_file", "post", YEARLY | {"name": "data.csv"}, "public", WRONG_METHOD),
        )
    ),
    # ------------------------------------------------------------ a unit's quarter
    Row("entry", place=VILLAGE),
    Row("entry", "post", answer=MOVED, allowed=FILLING_IN, place=VILLAGE),
    Row(
        "entry",
        "post",
        answer=MOVED,
        allowed=frozenset({"colleague", "planner"}),
        place=VILLAGE | {"unit": "kantor"},
    ),
    Row("entry", answer=MISSING, place=VILLAGE | {"unit": "tidak-ada"}),
    Row("entry", answer=MISSING, place=EMPTY_YEAR | {"unit": "kelurahan", "quarter": 4}),
    Row("entry_group", "post", allowed=FILLING_IN, place=GROUP),
    Row("entry_group", answer=WRONG_METHOD, place=GROUP),
    Row("entry_group", "post", answer=MISSING, allowed=FILLING_IN, place=GROUP | {"group": "s0"}),
    *(
        Row(name, "post", answer=FORBIDDEN, place=place, state=state)
        for name, place in (("entry", VILLAGE), ("entry_group", GROUP))
        for state in (*CLOSED_STATES, "too early", "too late")
    ),
    *(Row("entry", place=VILLAGE, state=state) for state in (*CLOSED_STATES, "too early", "too late")),
    Row("entry", "post", answer=MOVED, allowed=FILLING_IN, place=VILLAGE, state=RowState.RETURNED),
    # ------------------------------------------------------------ its way, and undoing
    Row("submission", allowed=SUBMITTING, place=VILLAGE),
    Row("submission", allowed=SUBMITTING, place=VILLAGE, state=RowState.RETURNED),
    *(
        Row("submission", answer=MOVED, allowed=FILLING_IN, place=VILLAGE, state=state)
        for state in (*CLOSED_STATES, "too early", "too late")
    ),
    *(
        Row(name, "post", answer=MOVED, allowed=ACTING, place=VILLAGE, state=state)
        for name in ("submission", "quarter_step", "rows_give_back")
        for state in ("open", RowState.SUBMITTED, RowState.LOCKED)
    ),
    Row("quarter_step", answer=WRONG_METHOD, place=VILLAGE),
    Row("rows_give_back", answer=WRONG_METHOD, place=VILLAGE),
    Row("undo", answer=MOVED, allowed=FILLING_IN, place=VILLAGE),
    Row("undo", answer=MOVED, allowed=FILLING_IN, place=VILLAGE, state=RowState.SUBMITTED),
    Row("undo", "post", answer=MOVED, allowed=FILLING_IN, place=VILLAGE),
    Row("undo", "post", answer=FORBIDDEN, place=VILLAGE, state=RowState.SUBMITTED),
    # ------------------------------------------------------------ what is known of a cell
    *(Row("cell_details", place=VILLAGE | {"cell": cell}) for cell in ("AMOUNT", "VALUE")),
    *(Row("cell_details", place=CELL, state=state) for state in (*CLOSED_STATES, "too early", "too late")),
    *(
        Row("cell_details", answer=MISSING, place=CELL | changed)
        for changed in ({"cell": "l0-amount"}, {"cell": "m1-amount"}, {"cell": "lain"}, {"unit": "kantor"})
    ),
    # Nothing is said: 422, after the question who may.
    *(
        Row("cell_details", "post", answer=NOT_UNDERSTOOD, allowed=ACTING, place=CELL, state=state)
        for state in ("open", "too late", *CLOSED_STATES)
    ),
    # ------------------------------------------------------------ its workbook
    *(
        Row(name, place=VILLAGE, state=state)
        for name in ("sheets", "sheet_download")
        for state in ("open", "too late", *CLOSED_STATES)
    ),
    Row("sheet_download", "post", answer=WRONG_METHOD, place=VILLAGE),
    Row("sheets", "post", answer=NOT_UNDERSTOOD, allowed=FILLING_IN, place=VILLAGE),
    # Nobody here has sent a file: 404 for those who could.
    *(
        Row(name, method, answer=MISSING, allowed=FILLING_IN, place=VILLAGE)
        for name, method in (
            ("sheet_columns", "get"),
            ("sheet_columns", "post"),
            ("sheet_preview", "get"),
            ("sheet_preview", "post"),
            ("sheet_problems", "get"),
            ("sheet_drop", "post"),
        )
    ),
    Row("sheet_problems", "post", answer=WRONG_METHOD, place=VILLAGE),
    Row("sheet_drop", answer=WRONG_METHOD, place=VILLAGE),
    *(
        Row(name, "post", answer=FORBIDDEN, place=VILLAGE, state=state)
        for name in ("sheets", "sheet_columns", "sheet_preview")
        for state in (*CLOSED_STATES, "too early", "too late")
    ),
    # ------------------------------------------------------------ the windows
    Row("windows", allowed=WINDOWS, place=YEARLY),
    Row("windows", allowed=WINDOWS, place=EMPTY_YEAR),
    Row("windows", "post", answer=MISSING, allowed=WINDOWS, place=YEARLY),
    Row("report_due", "post", answer=MOVED, allowed=WINDOWS, place=YEARLY),
    Row("report_due", "post", answer=MISSING, allowed=WINDOWS, place=EMPTY_YEAR),
    Row("report_due", answer=WRONG_METHOD, place=YEARLY),
    Row("exception_grant", "post", answer=NOT_UNDERSTOOD, allowed=WINDOWS, place=YEARLY),
    Row("exception_grant", answer=WRONG_METHOD, place=YEARLY),
    Row("exception_end", "post", answer=MISSING, allowed=WINDOWS, place=YEARLY | {"leave": 0}),
    Row("exception_end", answer=WRONG_METHOD, place=YEARLY | {"leave": 0}),
    # ------------------------------------------------------------ meetings
    *(Row("meeting", place=place) for place in (MEETING, NO_MEETING, EMPTY_YEAR | {"quarter": 3})),
    Row("meeting", place=MEETING, state="final"),
    Row("meeting", "post", answer=WRONG_METHOD, place=MEETING),
    *(Row("meeting_edit", allowed=PLANNING, place=place) for place in (MEETING, NO_MEETING)),
    Row("meeting_edit", answer=MISSING, refused=MISSING, place=EMPTY_YEAR | {"quarter": 3}),
    Row("meeting_edit", "post", answer=NOT_UNDERSTOOD, allowed=PLANNING, place=MEETING),
    Row("meeting_edit", answer=FORBIDDEN, place=MEETING, state="final"),
    Row("meeting_edit", "post", answer=FORBIDDEN, place=MEETING, state="final"),
    Row("meeting_agree", "post", answer=NOT_UNDERSTOOD, allowed=PLANNING, place=MEETING),
    Row("meeting_agree", "post", answer=FORBIDDEN, place=MEETING, state="final"),
    *(
        Row(name, "post", answer=MOVED, allowed=PLANNING, place=MEETING, state=state)
        for name in ("meeting_finalise", "meeting_reopen")
        for state in ("open", "final")
    ),
    *(
        Row(name, method, answer=answer, place=place)
        for name in ("meeting_agree", "meeting_finalise", "meeting_reopen")
        for method, answer, place in (("post", MISSING, NO_MEETING), ("get", WRONG_METHOD, MEETING))
    ),
    *(
        Row(name, answer=answer, place=place)
        for name in ("meeting_pdf", "meeting_docx")
        for answer, place in (
            (OK, PAPER),
            (MISSING, PAPER | {"paper": "lain"}),
            (MISSING, PAPER | {"quarter": 1}),
            (MISSING, PAPER | {"year": 2031}),
        )
    ),
    *(Row("agreed_action", place=AGREED, state=state) for state in ("open", "reported")),
    Row("agreed_action", answer=MISSING, place=AGREED | {"year": 2025}),
    Row("agreed_action", "post", answer=NOT_UNDERSTOOD, allowed=SUBMITTING, place=AGREED),
    Row("agreed_action", "post", answer=FORBIDDEN, place=AGREED, state="reported"),
    Row("agreed_action_change", allowed=PLANNING, place=AGREED),
    Row("agreed_action_change", "post", answer=NOT_UNDERSTOOD, allowed=PLANNING, place=AGREED),
    *(
        Row("agreed_action_change", method, answer=FORBIDDEN, place=AGREED, state=state)
        for method in ("get", "post")
        for state in ("reported", "final")
    ),
    *(
        Row("agreed_action_review", "post", answer=MOVED, allowed=REVIEWING, place=AGREED, state=state)
        for state in ("open", "reported")
    ),
    Row("agreed_action_review", answer=WRONG_METHOD, place=AGREED),
    Row("agreed_action_proof", place=PROOF),
    Row("agreed_action_proof", "post", answer=WRONG_METHOD, place=PROOF),
    *(
        Row("agreed_action_proof", answer=MISSING, place=place)
        for place in (AGREED | {"evidence": "PHOTO"}, PROOF | {"year": 2025})
    ),
    *WORKSHEET,
    *AGREEMENTS,
    # ------------------------------------------------------------ the evidence of a row
    *(
        Row(name, place=place)
        for name, place in (
            ("evidence", PROVED),
            ("evidence", PROVED_LINE),
            ("evidence_file", PIECE),
            ("evidence_show", PIECE),
            ("evidence_thumbnail", PIECE),
        )
    ),
    *(Row("evidence_file", place=PIECE, state=state) for state in CLOSED_STATES),
    *(
        Row(name, answer=MISSING, place=place)
        for name in ("evidence_file", "evidence_show", "evidence_thumbnail")
        for place in (PIECE | {"evidence": 999_999}, PIECE_OF_LINE)
    ),
    Row("evidence", answer=MISSING, place=PROVED | {"row": 999_999}),
    Row("evidence", answer=MISSING, place=PROVED | {"kind": "lain"}),
    Row("evidence", answer=MISSING, place=PROVED | {"unit": "kantor"}),
    # Nothing is sent with it: 422 says so, after the question who may.
    Row("evidence", "post", answer=NOT_UNDERSTOOD, allowed=FILLING_IN, place=PROVED),
    Row("evidence", "post", answer=NOT_UNDERSTOOD, allowed=FILLING_IN, place=PROVED_LINE),
    Row("evidence_remove", answer=WRONG_METHOD, place=PIECE),
    *(
        Row(f"evidence_{name}", "post", answer=WRONG_METHOD, place=PIECE)
        for name in ("file", "show", "thumbnail")
    ),
    Row("evidence_remove", "post", answer=MOVED, allowed=frozenset({"planner"}), place=PIECE),
    Row("evidence_remove", "post", answer=MISSING, refused=MISSING, place=PIECE_OF_LINE),
    *(
        Row(name, "post", answer=FORBIDDEN, place=place, state=state)
        for name, place in (("evidence", PROVED), ("evidence_remove", PIECE))
        for state in (*CLOSED_STATES, "too early", "too late")
    ),
]
