"""What every page shows around its content: who, where, and the way to the other rooms."""

from django.http import HttpRequest

from sakip.queries.navigation import portal_frame


def portal(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return portal_frame(request, user)
