"""More agencies beside the one of the demo, each with the whole 2025 pack, for tests of size."""

import io
import shutil
from pathlib import Path

from django.core.management import call_command

from sakip.models import Agency
from tests.palaran import SLUG

PACK = Path("fixtures/palaran_2025")


def copy_agency(folder: Path, slug: str) -> Agency:
    """Another agency of the same government with the same data. `folder` takes the changed pack."""
    pack = folder / slug
    shutil.copytree(PACK, pack)
    for file in pack.glob("*.csv"):
        content = file.read_text(encoding="utf-8").replace(f",{SLUG},", f",{slug},")
        content = content.replace(f"{slug},Kecamatan Palaran,", f"{slug},Kecamatan {slug},")
        file.write_text(content, encoding="utf-8")
    call_command("load_agency", str(pack), verbosity=0, stdout=io.StringIO())
    return Agency.objects.select_related("government").get(slug=slug)


def copy_agencies(folder: Path, count: int) -> list[Agency]:
    """That many more agencies."""
    return [copy_agency(folder, f"tambahan-{number}") for number in range(count)]
