"""Who gets what from the addresses of the evaluator's worksheet."""

from tests.access_row import (
    EMPTY_YEAR,
    FORBIDDEN,
    MISSING,
    MOVED,
    NOT_UNDERSTOOD,
    PLANNING,
    WRONG_METHOD,
    YEARLY,
    Row,
)

JUDGING = frozenset({"evaluator"})
RECOMMENDING = frozenset({"evaluator", "admin"})
CRITERION = YEARLY | {"code": "1.a.1"}
SUB_COMPONENT = YEARLY | {"code": "1.a"}
ANSWERED = CRITERION | {"evidence": "ANSWERED"}
FOLLOWED_UP = YEARLY | {"of": 2025, "number": 1, "evidence": "FOLLOWED_UP"}

WORKSHEET = [
    *(Row("evaluation", place=place) for place in (YEARLY, EMPTY_YEAR)),
    *(Row(name, place=YEARLY, state="declared") for name in ("evaluation", "evaluation_xlsx")),
    Row("evaluation", "post", answer=WRONG_METHOD, place=YEARLY),
    Row("evaluation_xlsx", place=YEARLY),
    Row("evaluation_xlsx", answer=MISSING, place=EMPTY_YEAR),
    Row("criterion", place=CRITERION),
    Row("criterion", place=CRITERION, state="declared"),
    *(
        Row("criterion", answer=MISSING, place=place)
        for place in (CRITERION | {"code": "1.a"}, CRITERION | {"code": "9.z.1"}, CRITERION | {"year": 2031})
    ),
    # Nothing is said: 422, after the question who may.
    Row("criterion", "post", answer=NOT_UNDERSTOOD, allowed=PLANNING, place=CRITERION),
    Row("criterion", "post", answer=FORBIDDEN, place=CRITERION, state="declared"),
    Row("evaluation_judge", "post", answer=NOT_UNDERSTOOD, allowed=JUDGING, place=SUB_COMPONENT),
    Row("evaluation_judge", "post", answer=FORBIDDEN, place=SUB_COMPONENT, state="declared"),
    Row("evaluation_judge", "post", answer=MISSING, allowed=JUDGING, place=CRITERION),
    Row("evaluation_judge", answer=WRONG_METHOD, place=SUB_COMPONENT),
    # Nobody has judged yet: back to the page, which says so.
    Row(
        "evaluation_take_over",
        "post",
        answer=MOVED,
        allowed=RECOMMENDING,
        place=SUB_COMPONENT,
        state="declared",
    ),
    Row("evaluation_take_over", "post", answer=FORBIDDEN, place=SUB_COMPONENT),
    Row("evaluation_take_over", "post", answer=MISSING, allowed=RECOMMENDING, place=CRITERION),
    Row("evaluation_take_over", answer=WRONG_METHOD, place=SUB_COMPONENT),
    Row("criterion_proof", place=ANSWERED),
    Row("criterion_proof", place=ANSWERED, state="declared"),
    Row("criterion_proof", "post", answer=WRONG_METHOD, place=ANSWERED),
    *(
        Row("criterion_proof", answer=MISSING, place=place)
        for place in (ANSWERED | {"code": "1.a.2"}, ANSWERED | {"evidence": "PHOTO"})
    ),
    Row("follow_up_proof", place=FOLLOWED_UP),
    Row("follow_up_proof", "post", answer=WRONG_METHOD, place=FOLLOWED_UP),
    *(
        Row("follow_up_proof", answer=MISSING, place=FOLLOWED_UP | change)
        for change in ({"number": 2}, {"of": 2024}, {"evidence": "PHOTO"}, {"year": 2031})
    ),
    Row("criterion_proof_remove", "post", answer=MOVED, allowed=PLANNING, place=ANSWERED),
    Row("criterion_proof_remove", "post", answer=FORBIDDEN, place=ANSWERED, state="declared"),
    Row("criterion_proof_remove", answer=WRONG_METHOD, place=ANSWERED),
]
