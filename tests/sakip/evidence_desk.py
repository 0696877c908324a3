"""A desk with a row to prove: who sits there, what they send, and what lies on the disk afterwards."""

from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sakip.models import Evidence, Measurement
from tests.palaran import SLUG
from tests.sakip import evidence_files as made
from tests.world import YEAR, Office, make_office

JPEG = made.noisy_jpeg()
PDF = made.pdf()


def upload(content: bytes = JPEG, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@dataclass
class Desk:
    """The operator's desk, before the first indicator of the village in its open quarter."""

    office: Office
    client: Client
    folder: Path

    @property
    def indicator(self) -> int:
        return self.office.indicator("k-kelurahan-1").pk

    def address(self, name: str = "evidence", *more: object, kind: str = "indikator", row: int = 0) -> str:
        row = row or self.indicator
        return reverse(name, args=["contoh", YEAR, "kelurahan", 4, kind, row, *more])

    def send(self, *files: SimpleUploadedFile, htmx: bool = False, **fields: str):
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(self.address(), {"uploads": list(files), **fields}, headers=headers)

    def row(self) -> Measurement:
        return Measurement.objects.get(indicator=self.indicator, unit_quarter__quarter=4)

    def evidence(self) -> Evidence:
        return self.row().evidence.get()

    def stored(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def log_in(self, persona: str) -> None:
        self.client.force_login(self.office.people[persona])


def make_desk(settings, tmp_path: Path, client: Client) -> Desk:
    settings.MEDIA_ROOT = tmp_path
    desk = Desk(make_office(), client, tmp_path)
    desk.log_in("operator")
    return desk


def pieces() -> QuerySet[Evidence]:
    """What tests attached; the demo's office has proof of its own."""
    return Evidence.objects.exclude(agency__slug=SLUG)


def said(response) -> str:
    return response.content.decode()


def attached(desk: Desk, content: bytes = JPEG, name: str = "foto.jpg") -> Evidence:
    desk.send(upload(content, name))
    return desk.evidence()


def remove(desk: Desk, found: Evidence) -> HttpResponse:
    return desk.client.post(desk.address("evidence_remove", found.pk))
