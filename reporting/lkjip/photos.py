"""Photographs of awards, brought into the document as data so that printing fetches no file."""

import base64

from django.core.files.storage import default_storage

from reporting.lkjip.blocks import PhotoBlock
from reporting.year import OfficeYear

# By the first bytes of the file: its name says nothing sure.
KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def award_photos(office: OfficeYear) -> tuple[PhotoBlock, ...]:
    """The photographs that are kept and are pictures; a missing file leaves its award without one."""
    found = []
    for award in office.awards:
        if award.photo and default_storage.exists(award.photo):
            with default_storage.open(award.photo) as file:
                address = data_address(file.read())
            if address:
                found.append(PhotoBlock(f"{award.unit}: {award.description}", address))
    return tuple(found)


def data_address(content: bytes) -> str:
    """The picture as a `data:` address; empty for anything but PNG and JPEG."""
    kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
    return f"data:{kind};base64,{base64.b64encode(content).decode()}" if kind else ""
