"""What the guides describe: the account that reads each, the pages of each task, and the pictures."""

from dataclasses import dataclass

from sakip.models import RowState
from tests.browser.bukuan import ENTRY, HOME

ACCOUNTS = {
    "operator": "operator.bukuan",
    "penanggung-jawab": "lurah.bukuan",
    "perencana": "perencana",
    "camat": "camat",
    "evaluator": "evaluator",
    "admin-instansi": "admin",
    "pengawas-kota": "pengawas",
}
FIGURE = f"{HOME}angka/iku.ipp.achievement/"
INBOX = f"{HOME}tugas/"
MANUSCRIPT = f"{HOME}lkjip/naskah/III.B/"
CITY = "/kota/2026/"
EVIDENCE = "[bukti]"
DETAILS = "[rincian]"
SEARCH = "[cari]"
# The agreement while its revision is written, and the sheet of that.
AGREEMENT, SHEET = f"[{HOME}perjanjian/]", f"[{HOME}perjanjian/rancangan/]"
SUBMITTED, DRAFT, RETURNED = RowState.SUBMITTED, RowState.DRAFT, RowState.RETURNED
VERIFIED, APPROVED = RowState.VERIFIED, RowState.APPROVED

Page = tuple[RowState, str]


def at(*addresses: str, state: RowState = DRAFT) -> tuple[Page, ...]:
    """These pages, while Bukuan's open quarter is in that state."""
    return tuple((state, address) for address in addresses)


# Task -> its pages, in whichever guide it stands. A page in [brackets] belongs to a row of the entry page, or
# is a dialog.
PAGES: dict[str, tuple[Page, ...]] = {
    "membaca-beranda": at(HOME, f"{HOME}kelengkapan/") + at(HOME, state=VERIFIED),
    "mencari": at(HOME, f"{HOME}cari/"),
    "mengisi-triwulan": at(f"{HOME}realisasi/", ENTRY),
    "mengisi-lewat-excel": at(ENTRY, f"{ENTRY}excel/"),
    "melampirkan-bukti": at(ENTRY, EVIDENCE),
    "memeriksa-bukti": at(ENTRY, EVIDENCE),
    "membetulkan-angka": at(ENTRY, state=RETURNED),
    "melihat-siapa-mengisi-angka": at(ENTRY, DETAILS, f"{HOME}riwayat/"),
    "mengajukan": at(ENTRY, f"{ENTRY}ajukan/") + at(f"{ENTRY}ajukan/", state=RETURNED),
    "memperbaiki-yang-dikembalikan": at(INBOX, ENTRY, state=RETURNED),
    "mengatur-pemberitahuan": at(HOME, "/pemberitahuan/"),
    "mengatur-jadwal": at(f"{HOME}jadwal/"),
    "memberi-perpanjangan": at(f"{HOME}jadwal/"),
    "memeriksa-dan-mengembalikan": at(INBOX, ENTRY, state=SUBMITTED),
    "menyiapkan-rapat-triwulan": at(f"{HOME}rapat/", f"{HOME}rapat/tw-3/"),
    "membaca-rapat-triwulan": at(f"{HOME}rapat/", f"{HOME}rapat/tw-2/"),
    "menyelesaikan-tindak-lanjut-rapat": at(f"{HOME}rapat/", INBOX),
    "menerima-tindak-lanjut-rapat": at(f"{HOME}rapat/", INBOX),
    "membuka-kembali-yang-sudah-disahkan": at(ENTRY, state=APPROVED),
    "membandingkan-dua-sumber": at(f"{HOME}rekonsiliasi/"),
    "menelusuri-asal-angka": at(HOME, FIGURE),
    "menilai-lembar-kerja-evaluasi": at(f"{HOME}evaluasi/"),
    "menjawab-kriteria-evaluasi": at(f"{HOME}evaluasi/", f"{HOME}evaluasi/1.b.1/"),
    "membaca-perjanjian-kinerja": at(f"{HOME}kelengkapan/", "/palaran/2025/perjanjian/"),
    "membuat-perubahan-perjanjian-kinerja": at(AGREEMENT, SHEET),
    "menulis-rencana-aksi": at(f"{HOME}kelengkapan/", f"{HOME}rencana-aksi/bukuan/"),
    "menulis-naskah-lkjip": at(f"{HOME}lkjip/", f"{HOME}lkjip/naskah/", MANUSCRIPT),
    "mengunduh-lkjip": at(HOME, f"{HOME}lkjip/"),
    "mengambil-kembali-unduhan": at(HOME, f"{HOME}unduhan/"),
    "mengamankan-akun": at(HOME, "/akun/", "/akun/kode/"),
    "melepas-kode-autentikator": at("/admin/", "/admin/sakip/user/"),
    "menerbitkan-edisi": at(f"{HOME}lkjip/", f"{HOME}lkjip/edisi/"),
    "membuka-halaman-publik": at(f"{HOME}lkjip/", f"{HOME}lkjip/edisi/"),
    "mengesahkan": at(INBOX, ENTRY, state=VERIFIED),
    "mengembalikan": at(INBOX, ENTRY, state=VERIFIED),
    "melihat-tindak-lanjut-evaluasi": at(HOME),
    "melihat-isian-unit": at(f"{HOME}realisasi/", ENTRY),
    "membenahi-akun-dan-tahun": at(f"{HOME}pengelolaan/"),
    "membuka-data-dasar": at(HOME, "/admin/"),
    "membuat-akun": at("/admin/", "/admin/sakip/user/", "/admin/sakip/user/add/"),
    "memberi-peran": at("/admin/", "/admin/sakip/membership/", "/admin/sakip/membership/add/"),
    "membandingkan-perangkat-daerah": at(CITY),
    "menghubungi-perangkat-daerah": at(CITY),
    "memilih-perangkat-daerah": at(CITY, HOME),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the guides: whose page, where, how high. `scroll_to` is brought to the top."""

    name: str
    account: str
    address: str
    state: RowState = DRAFT
    height: int = 640
    scroll_to: str = ""


PICTURES = (
    Picture("beranda", "camat", HOME, height=720),
    Picture("cari", "camat", SEARCH, height=700),
    Picture("rapat", "camat", f"{HOME}rapat/tw-2/", height=720),
    Picture("akun", "camat", "/akun/", height=560),
    Picture("pengelolaan", "admin", f"{HOME}pengelolaan/", height=680),
    Picture("isian", "operator.bukuan", ENTRY, height=680, scroll_to="#ringkas"),
    Picture("excel", "operator.bukuan", f"{ENTRY}excel/", height=520),
    Picture("bukti", "operator.bukuan", EVIDENCE, height=700),
    Picture("rincian", "operator.bukuan", DETAILS, state=RETURNED, height=760),
    Picture("ajukan", "lurah.bukuan", f"{ENTRY}ajukan/", state=RETURNED, height=640),
    Picture("jadwal", "perencana", f"{HOME}jadwal/", height=700),
    Picture("verifikasi", "perencana", ENTRY, state=SUBMITTED, height=760),
    Picture("pengesahan", "camat", ENTRY, state=VERIFIED, height=620),
    Picture("angka", "camat", FIGURE, height=640),
    Picture("riwayat", "evaluator", f"{HOME}riwayat/", height=640),
    Picture("kota", "pengawas", CITY, height=640),
    Picture("evaluasi", "evaluator", f"{HOME}evaluasi/?buka=2.a", height=640, scroll_to="#lke-2-a"),
    Picture("naskah", "perencana", MANUSCRIPT, height=700),
    Picture("perjanjian", "perencana", SHEET, height=700, scroll_to="#indikator"),
    Picture("lkjip", "perencana", "/palaran/2025/lkjip/", height=640),
)
