"""Files of evidence on their way to the disk: too large, cut off, two at once, and swept away again."""

import hashlib
import io
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

from budget.queries.evidence import line_subject
from sakip.actions import evidence as actions
from sakip.actions.evidence import Piece, attach, keep_file
from sakip.evidence.kinds import Limits
from sakip.models import (
    EvidenceFile,
    Measurement,
)
from sakip.queries.history import broken_links
from tests.sakip import evidence_files as made
from tests.sakip.evidence_desk import JPEG, Desk, attached, make_desk, pieces, remove, said, upload


# ---------------------------------------------------------------- size
class Body(io.RawIOBase):
    """A request's body of which the middle exists nowhere: nothing may hold it all."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self.head, self.middle, self.tail = head, size, tail

    @property
    def left(self) -> int:
        return len(self.head) + self.middle + len(self.tail)

    def readable(self) -> bool:
        return True

    def readinto(self, room) -> int:
        if self.head:
            portion, self.head = self.head[: len(room)], self.head[len(room) :]
        elif self.middle:
            portion = b"\x01" * min(len(room), self.middle)
            self.middle -= len(portion)
        else:
            portion, self.tail = self.tail[: len(room)], self.tail[len(room) :]
        room[: len(portion)] = portion
        return len(portion)


def send_large(desk: Desk, size: int, beside: bytes = b""):
    """The answer to a file of this size, and how much of it was left unread."""
    head = (
        b"--batas\r\nContent-Disposition: form-data; name=uploads; filename=rapat.jpg\r\n"
        b"Content-Type: image/jpeg\r\n\r\n\xff\xd8\xff"
    )
    body = Body(head, size, beside + b"\r\n--batas--\r\n")
    response = desk.client.generic(
        "POST",
        desk.address(),
        CONTENT_TYPE="multipart/form-data; boundary=batas",
        CONTENT_LENGTH=str(body.left),
        **{"wsgi.input": io.BufferedReader(body)},
    )
    return response, body.left


def test_200_mb_get_an_answer_in_words_and_touch_no_disk(desk, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "sementara"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    response, unread = send_large(desk, 200 * made.MEGABYTE)
    assert response.status_code == 422
    assert "rapat.jpg</strong>: Berkas lebih besar dari 20 MB." in said(response)
    assert "lampirkan tautannya" in said(response)
    assert unread == 0  # read to its end, so that the browser sees the answer
    assert desk.stored() == []  # neither there nor among the temporary files


def test_what_comes_beside_a_file_that_is_too_large_is_kept(desk):
    tail = (
        b"\r\n--batas\r\nContent-Disposition: form-data; name=uploads; filename=foto.jpg\r\n\r\n"
        + JPEG
        + b"\r\n--batas\r\nContent-Disposition: form-data; name=description\r\n\r\nRapat"
    )
    response, _ = send_large(desk, 21 * made.MEGABYTE, tail)
    assert "rapat.jpg</strong>: Berkas lebih besar dari 20 MB." in said(response)
    assert (desk.evidence().name, desk.evidence().description) == ("foto.jpg", "Rapat")


def test_more_files_than_go_at_once_are_named(desk):
    files = [upload(f"catatan {number}".encode(), f"{number}.txt") for number in range(22)]
    response = desk.send(*files)
    assert response.status_code == 422
    assert "2 berkas tidak dapat dilampirkan" in said(response)
    assert "Lebih dari 20 berkas sekaligus." in said(response)
    assert desk.row().evidence.count() == 20


def test_a_sending_is_bounded_as_a_whole(desk, settings):
    settings.UPLOAD_LIMIT = 1000
    files = [upload(b"a" * 899 + str(number).encode(), f"{number}.txt") for number in range(7)]
    response = desk.send(*files)
    assert "terlalu besar bila digabung" in said(response)
    assert desk.row().evidence.count() == 5


# ---------------------------------------------------------------- killed, and two at once
class Killed(BaseException):
    """What is left after a kill is what was there before it."""


def kill(*args, **kwargs):
    raise Killed


@pytest.mark.parametrize("place", ["fsync", "replace", "rows"])
def test_a_kill_while_sending_leaves_no_row_and_at_most_a_whole_file(desk, monkeypatch, place):
    if place == "fsync":
        monkeypatch.setattr(os, "fsync", kill)
    elif place == "replace":
        monkeypatch.setattr(Path, "replace", kill)
    else:
        monkeypatch.setattr(actions.history, "record", kill)
    with pytest.raises(Killed):
        desk.send(upload())
    assert (pieces().count(), EvidenceFile.objects.count()) == (0, 0)
    assert not Measurement.objects.filter(indicator=desk.indicator, unit_quarter__quarter=4).exists()
    assert [path.read_bytes() for path in desk.stored()] == ([JPEG] if place == "rows" else [])
    monkeypatch.undo()
    desk.folder.mkdir(exist_ok=True)
    assert sorted(path.name for path in desk.stored()) == (
        [hashlib.sha256(JPEG).hexdigest()] * (place == "rows")
    )


@pytest.mark.django_db(transaction=True)
def test_two_people_sending_at_once_lose_nothing(settings, tmp_path, client):
    """The same photo and one of each one's own, from two threads: three pieces, three files, no error."""
    desk = make_desk(settings, tmp_path, client)
    start = threading.Barrier(2)

    def send(persona: str) -> int:
        try:
            own = Client()
            own.force_login(desk.office.people[persona])
            files = [upload(), upload(persona.encode(), f"{persona}.txt")]
            start.wait()
            return own.post(desk.address(), {"uploads": files}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, ["operator", "planner"])) == [302, 302]
    assert sorted(desk.row().evidence.values_list("name", flat=True)) == [
        "foto.jpg",
        "operator.txt",
        "planner.txt",
    ]
    assert EvidenceFile.objects.count() == 3
    assert len(desk.stored()) == 3
    assert list(broken_links()) == []


@pytest.mark.django_db(transaction=True)
def test_two_rows_sending_one_file_at_once_share_it(settings, tmp_path, client):
    desk = make_desk(settings, tmp_path, client)
    start = threading.Barrier(2)

    def send(unit: str) -> None:
        try:
            quarter = desk.office.quarter(getattr(desk.office, unit))
            subject = line_subject(quarter, desk.office.line(quarter.unit).pk)
            kept = keep_file(desk.office.agency, upload().file, "foto.jpg", Limits())
            start.wait()
            by = desk.office.people["planner"]
            attach(subject=subject, pieces=[Piece(kept=kept)], by=by, at=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(send, ["office", "village"]))
    assert (EvidenceFile.objects.count(), pieces().count(), len(desk.stored())) == (1, 2, 1)


# ---------------------------------------------------------------- sweeping
def sweep(capsys, *options: str) -> str:
    call_command("sweep_evidence", *options)
    return capsys.readouterr().out


def age(desk: Desk, days: int) -> None:
    then = (timezone.now() - timedelta(days=days)).timestamp()
    for path in desk.stored():
        os.utime(path, (then, then))


def test_the_sweep_takes_what_nobody_names_and_only_after_a_while(desk, capsys):
    found = attached(desk)
    age(desk, 90)
    assert "0 berkas dihapus" in sweep(capsys, "--hapus")  # in use
    remove(desk, found)
    assert "0 berkas dihapus" in sweep(capsys, "--hapus")  # removed just now
    age(desk, 31)
    assert "1 berkas tidak dipakai" in sweep(capsys)
    assert len(desk.stored()) == 1
    assert "1 berkas dihapus" in sweep(capsys, "--hapus")
    assert (desk.stored(), EvidenceFile.objects.count()) == ([], 0)


def test_what_is_sent_again_outlives_the_sweep(desk):
    found = attached(desk)
    remove(desk, found)
    age(desk, 31)
    before = timezone.now() - timedelta(days=30)
    (path,) = list(actions.unnamed_files(before))
    attached(desk)
    assert actions.remove_unnamed(path, before) is False
    assert path.read_bytes() == JPEG
