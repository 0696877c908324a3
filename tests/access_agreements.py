"""Who gets what from the addresses of the performance agreements."""

from tests.access_row import (
    EMPTY_YEAR,
    MISSING,
    MOVED,
    NOT_UNDERSTOOD,
    PLANNING,
    WRONG_METHOD,
    YEARLY,
    Row,
)

AGREEMENTS = [
    *(Row("agreements", place=place) for place in (YEARLY, EMPTY_YEAR)),
    Row("agreements", place=YEARLY, state="agreement draft"),
    Row("agreement_draft", answer=MOVED, allowed=PLANNING, place=YEARLY),
    Row("agreement_draft", allowed=PLANNING, place=YEARLY, state="agreement draft"),
    Row("agreement_draft", "post", answer=NOT_UNDERSTOOD, allowed=PLANNING, place=YEARLY),
    Row("agreement_draft", answer=MISSING, allowed=PLANNING, place=EMPTY_YEAR),
    *(
        Row(name, "post", answer=answer, allowed=PLANNING, place=place)
        for name in ("agreement_start", "agreement_put_in_force", "agreement_discard")
        for answer, place in ((MOVED, YEARLY), (MISSING, EMPTY_YEAR))
    ),
    *(
        Row(name, answer=WRONG_METHOD, place=YEARLY)
        for name in ("agreement_start", "agreement_put_in_force", "agreement_discard")
    ),
]
