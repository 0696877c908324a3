"""The end of the tour: taken, left, or not wanted."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sakip.actions.tour import finish_tour
from sakip.views.place import PortalRequest

NO_CONTENT = 204


@require_POST
def done(request: PortalRequest) -> HttpResponse:
    finish_tour(user=request.user)
    return HttpResponse(status=NO_CONTENT) if request.htmx else redirect("home")
