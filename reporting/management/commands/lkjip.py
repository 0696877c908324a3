"""Writes the annual report of an agency: manage.py lkjip palaran 2025 --format pdf -o lkjip.pdf"""

import json
import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reporting.lkjip.document import Document, Paper, build_document
from reporting.lkjip.export import render_html, render_pdf, to_json
from reporting.lkjip.narrative import NarrativeError
from reporting.pdf import PdfUnavailableError
from sakip.models import Agency, ReportingYear, ScoringPolicy

STDOUT = "-"


class Command(BaseCommand):
    help = "Menulis LKjIP sebuah perangkat daerah sebagai PDF, HTML, JSON, atau XLSX."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agency", help="kode alamat perangkat daerah, misalnya palaran")
        parser.add_argument("year", type=int, help="tahun laporan")
        parser.add_argument("--format", choices=("pdf", "html", "json", "xlsx"), default="pdf")
        parser.add_argument("--paper", choices=[paper.value for paper in Paper], default=Paper.A4.value)
        parser.add_argument("-o", "--output", required=True, help="berkas tujuan; - untuk keluaran baku")

    def handle(self, *args, **options) -> None:
        self.loud = options["verbosity"] > 0
        try:
            self.say("Membaca data …")
            document = build_document(
                self.agency(options["agency"], options["year"]), options["year"], Paper(options["paper"])
            )
            content = self.written(document, options["format"])
        except (NarrativeError, PdfUnavailableError) as error:
            raise CommandError(str(error)) from error
        except ScoringPolicy.DoesNotExist as error:
            raise CommandError(f"Kebijakan penilaian untuk tahun {options['year']} belum ada.") from error
        if options["output"] == STDOUT:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        write_whole(Path(options["output"]), content)
        self.say(f"Selesai: {options['output']}")

    def agency(self, slug: str, year: int) -> Agency:
        agency = Agency.objects.select_related("government").filter(slug=slug).first()
        if agency is None:
            known = ", ".join(Agency.objects.values_list("slug", flat=True)) or "belum ada"
            raise CommandError(f"Perangkat daerah “{slug}” tidak dikenal. Yang ada: {known}.")
        years = ReportingYear.objects.filter(agency=agency).order_by("year").values_list("year", flat=True)
        if year not in years:
            known = ", ".join(map(str, years)) or "belum ada"
            raise CommandError(f"{agency.name} belum mempunyai tahun pelaporan {year}. Yang ada: {known}.")
        return agency

    def written(self, document: Document, wanted: str) -> bytes:
        self.say(f"Menulis {wanted.upper()} …")
        if wanted == "pdf":
            return render_pdf(document, self.progress)
        if wanted == "html":
            return render_html(document).encode()
        if wanted == "json":
            return json.dumps(to_json(document), ensure_ascii=False, indent=2).encode() + b"\n"
        # Loaded only for a workbook: openpyxl takes a while.
        from reporting.xlsx import to_xlsx

        return to_xlsx(document)

    def progress(self, step: str, percent: int) -> None:
        """For somebody who waits; a log needs only the beginning and the end."""
        if self.stderr.isatty():
            self.say(f"  {percent:3d}% {step}")

    def say(self, text: str) -> None:
        """Progress goes to standard error, so that standard output holds the report alone."""
        if self.loud:
            self.stderr.write(text, ending="\n")


def write_whole(path: Path, content: bytes) -> None:
    """The file appears complete or not at all: written beside its place, then renamed into it."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes the file for its owner alone; the report gets the rights of any new file.
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
