"""The guides of the roles: all of them, one as a page, and one as PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from reporting.guide.help import guides_of, help_for
from reporting.guide.printing import kept_pdf
from reporting.guide.texts import Guide, all_guides, guide_of
from reporting.pdf import PdfUnavailableError
from sakip.views.place import PortalRequest

UNAVAILABLE = 503


@require_safe
def index(request: PortalRequest) -> HttpResponse:
    """All guides, the reader's own first; `?dari=` names a page and leads to the task that explains it."""
    own = guides_of(request.user)
    found = help_for(request.GET.get("dari", ""), own)
    if found is not None:
        slug, anchor = found
        return redirect(f"{reverse('guide', args=[slug])}#{anchor}")
    context = {
        "own": own,
        "others": [guide for guide in all_guides() if guide not in own],
        "heading": "Panduan",
        "lead": "Langkah demi langkah untuk setiap peran. Gambar berasal dari data contoh.",
    }
    return render(request, "reporting/guide/index.html", context)


@require_safe
def guide(request: PortalRequest, role: str) -> HttpResponse:
    found = _guide(role)
    context = {
        "guide": found,
        # Made from our own files by a reader that escapes everything in them.
        "body": mark_safe(found.html(static)),  # noqa: S308
        "heading": found.title,
        "lead": found.lead,
        "breadcrumbs": [
            {"label": "Beranda", "url": reverse("home")},
            {"label": "Panduan", "url": reverse("guides")},
            {"label": found.title},
        ],
    }
    return render(request, "reporting/guide/page.html", context)


@require_safe
def as_pdf(request: PortalRequest, role: str) -> HttpResponse:
    found = _guide(role)
    try:
        content = kept_pdf(found)
    except PdfUnavailableError as error:
        return HttpResponse(str(error), status=UNAVAILABLE, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="panduan-{found.slug}.pdf"'
    return response


def _guide(role: str) -> Guide:
    try:
        return guide_of(role)
    except KeyError as error:
        raise Http404 from error
