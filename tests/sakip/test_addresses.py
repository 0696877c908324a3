"""An agency's address is none of the portal's own."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver

from sakip.models import Agency
from sakip.models.base import RESERVED_SLUGS

# Kept though the table under test has no line of them: the showcase is there while DEBUG is on, and for files
# the server or the proxy answers.
BESIDE_THE_TABLE = {"desain", settings.STATIC_URL.strip("/"), "media"}


def beginnings(patterns) -> Iterator[str]:
    """The first part of every address, includes without a prefix followed."""
    for pattern in patterns:
        path = str(pattern.pattern)
        if isinstance(pattern, URLResolver) and not path:
            yield from beginnings(pattern.url_patterns)
        else:
            yield path.split("/")[0]


def test_every_address_of_the_portal_is_reserved():
    """And nothing else: an address that is no more is free for an agency."""
    table = {part for part in beginnings(get_resolver().url_patterns) if part and "<" not in part}
    assert table | BESIDE_THE_TABLE == RESERVED_SLUGS


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS | {"Publik"}))
def test_a_reserved_address_is_refused(slug):
    with pytest.raises(ValidationError, match="alamat itu dipakai portal sendiri") as refused:
        Agency(slug=slug).clean_fields(exclude={"government", "name", "kind", "head_title"})
    assert list(refused.value.message_dict) == ["slug"]


@pytest.mark.parametrize("slug", ["palaran", "publik-2", "dinas-panduan"])
def test_any_other_address_is_taken(slug):
    Agency(slug=slug).clean_fields(exclude={"government", "name", "kind", "head_title"})
