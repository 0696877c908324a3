"""Addresses of what reporting shows outside any agency and year."""

from django.urls import path

from reporting.views import guide

urlpatterns = [
    path("panduan/", guide.index, name="guides"),
    path("panduan/<slug:role>/", guide.guide, name="guide"),
    path("panduan/<slug:role>.pdf", guide.as_pdf, name="guide_pdf"),
]
