"""The portal's addresses and a bare view: one select and one update behind the same middleware and log-in."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from sakip.models import UnitQuarter
from sakip.urls import urlpatterns as portal


@require_POST
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """What every view that saves something must at least do."""
    quarter = UnitQuarter.objects.get(pk=pk)
    UnitQuarter.objects.filter(pk=quarter.pk).update(version=F("version") + 1)
    return HttpResponse("tersimpan")


urlpatterns = [path("banding/<int:pk>/", bare), *portal]
