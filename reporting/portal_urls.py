"""Addresses of what reporting shows outside any agency and year."""

from django.urls import path

from reporting.views import city, guide, public

urlpatterns = [
    path("kota/<year:year>/", city.page, name="city"),
    path("kota/<year:year>.csv", city.as_csv, name="city_csv"),
    path("kota/<year:year>.xlsx", city.as_xlsx, name="city_xlsx"),
    path("panduan/", guide.index, name="guides"),
    path("panduan/<slug:role>/", guide.guide, name="guide"),
    path("panduan/<slug:role>.pdf", guide.as_pdf, name="guide_pdf"),
    path("publik/", public.index, name="public_index"),
    path("publik/<slug:agency>/<year:year>/", public.page, name="public_page"),
    path("publik/<slug:agency>/<year:year>/<str:name>", public.file, name="public_file"),
]
