"""Whose row a row is: the way from any model to its agency and its unit, read from the foreign keys."""

from collections import deque
from functools import cache
from typing import Any, cast

from django.db import models

from sakip.models import Agency, Unit

# Keys that leave these apps lead to no owner.
_APPS = {"sakip", "budget", "reporting"}


@cache
def path_to(model: type[models.Model], owner: type[models.Model]) -> str | None:
    """The shortest lookup from the model to its owner ("unit_quarter__unit__agency"), "" for the owner
    itself, None where there is none. Required keys come before optional ones."""
    if model is owner:
        return ""
    waiting: deque[tuple[type[models.Model], str]] = deque([(model, "")])
    seen = {model}
    while waiting:
        current, path = waiting.popleft()
        keys = [f for f in current._meta.concrete_fields if isinstance(f, models.ForeignKey)]
        for key in sorted(keys, key=lambda f: f.null):
            target = key.related_model
            if target._meta.app_label not in _APPS or target in seen:
                continue
            found = f"{path}__{key.name}" if path else key.name
            if target is owner:
                return found
            seen.add(target)
            waiting.append((target, found))
    return None


def owner_of[Owner: models.Model](row: models.Model, owner: type[Owner]) -> Owner | None:
    """The agency or unit that the row belongs to, or None."""
    path = path_to(type(row), owner)
    if path is None:
        return None
    found: Any = row
    for name in filter(None, path.split("__")):
        found = getattr(found, name, None)
    return cast("Owner | None", found)


def agency_of(row: models.Model) -> Agency | None:
    return owner_of(row, Agency)


def unit_of(row: models.Model) -> Unit | None:
    return owner_of(row, Unit)
