"""Which years everybody may read, and which edition they read."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.models import Edition, PublicPage
from sakip.models import Agency

NO_EDITION = "Belum ada edisi LKjIP {year} yang terbit. Terbitkan edisi dahulu."
NOT_APPROVED = (
    "Edisi LKjIP {year} terbit sebelum semua triwulan unit disahkan, sedangkan halaman publik hanya memuat "
    "angka yang sudah disahkan. Sahkan triwulan yang tersisa, lalu terbitkan edisi berikutnya."
)


def open_pages() -> Sequence[PublicPage]:
    """By agency, the newest year first."""
    found = PublicPage.objects.filter(is_on=True).select_related("agency__government")
    return list(found.order_by("agency__name", "-year"))


def open_page(slug: str, year: int) -> PublicPage | None:
    """None alike for an unknown agency, a year without a page, and a page that is closed."""
    found = PublicPage.objects.filter(agency__slug=slug, year=year, is_on=True)
    return found.select_related("agency__government").first()


def public_edition(agency: Agency, year: int) -> Edition | None:
    """The newest of approved figures only."""
    return Edition.objects.filter(agency=agency, year=year).for_public().first()


def refusal(year: int, issued: Sequence[Edition]) -> str:
    """Why the year cannot be opened to everybody, `issued` being its editions; empty where it can."""
    if any(edition.unsettled == 0 for edition in issued):
        return ""
    return (NOT_APPROVED if issued else NO_EDITION).format(year=year)


@dataclass(frozen=True, slots=True)
class Publicity:
    """How a year stands with the public: its page, if it was ever opened, the edition that everybody reads or
    would read, and why it cannot be opened."""

    page: PublicPage | None
    edition: Edition | None
    refusal: str
    is_newest: bool

    @property
    def is_on(self) -> bool:
        return self.page is not None and self.page.is_on


def publicity(agency: Agency, year: int, issued: Sequence[Edition]) -> Publicity:
    """`issued` are the year's editions, the newest first. One query."""
    pages = PublicPage.objects.filter(agency=agency, year=year).select_related("changed_by")
    edition = next((edition for edition in issued if edition.unsettled == 0), None)
    return Publicity(pages.first(), edition, refusal(year, issued), is_newest=edition in issued[:1])
