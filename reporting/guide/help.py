"""Which task of a guide explains a page."""

from reporting.guide.texts import SLUGS, Guide, guide_of
from sakip.models import Role, User

MEETINGS = (
    "menyiapkan-rapat-triwulan",
    "membaca-rapat-triwulan",
    "menerima-tindak-lanjut-rapat",
    "menyelesaikan-tindak-lanjut-rapat",
)
# Name of the page's address -> the tasks that explain it; the first that the reader's guide has is shown.
TASKS_OF: dict[str, tuple[str, ...]] = {
    "dashboard": ("membaca-beranda",),
    "admin_home": ("membenahi-akun-dan-tahun",),
    "entry_overview": ("mengisi-triwulan", "memeriksa-dan-mengembalikan", "melihat-isian-unit"),
    "entry": ("mengisi-triwulan", "memeriksa-dan-mengembalikan", "mengesahkan", "melihat-isian-unit"),
    "cell_details": ("melihat-siapa-mengisi-angka",),
    "sheets": ("mengisi-lewat-excel",),
    "sheet_columns": ("mengisi-lewat-excel",),
    "sheet_preview": ("mengisi-lewat-excel",),
    "evidence": ("melampirkan-bukti", "memeriksa-bukti"),
    "submission": ("mengajukan",),
    "inbox": ("memperbaiki-yang-dikembalikan", "memeriksa-dan-mengembalikan", "mengesahkan"),
    "meetings": MEETINGS,
    "meeting": MEETINGS,
    "meeting_edit": MEETINGS,
    "agreed_action": ("menyelesaikan-tindak-lanjut-rapat", "menerima-tindak-lanjut-rapat"),
    "agreed_action_change": MEETINGS,
    "report": ("mengunduh-lkjip",),
    "agreements": ("membaca-perjanjian-kinerja",),
    "action_plan": ("menulis-rencana-aksi",),
    "agreement_draft": ("membuat-perubahan-perjanjian-kinerja",),
    "narratives": ("menulis-naskah-lkjip",),
    "narrative": ("menulis-naskah-lkjip",),
    "editions": ("menerbitkan-edisi", "membuka-halaman-publik", "mengunduh-lkjip"),
    "report_job": ("mengunduh-lkjip",),
    "downloads": ("mengambil-kembali-unduhan",),
    "evaluation": ("menilai-lembar-kerja-evaluasi", "menjawab-kriteria-evaluasi"),
    "evaluation_judge": ("menilai-lembar-kerja-evaluasi",),
    "criterion": ("menjawab-kriteria-evaluasi", "menilai-lembar-kerja-evaluasi"),
    "reconciliation": ("membandingkan-dua-sumber",),
    "search": ("mencari",),
    "figures": ("menelusuri-asal-angka",),
    "figure": ("menelusuri-asal-angka",),
    "history": ("melihat-siapa-mengisi-angka",),
    "windows": ("mengatur-jadwal",),
    "city": ("membandingkan-perangkat-daerah",),
    "home": ("memilih-perangkat-daerah",),
    "notifications": ("mengatur-pemberitahuan",),
    "account": ("mengamankan-akun",),
    "second_factor": ("mengamankan-akun",),
    "password_change": ("mengamankan-akun",),
}


def guides_of(user: User) -> list[Guide]:
    """The guides of the roles that somebody holds, in the order of the roles."""
    held = set(user.current_memberships().values_list("role", flat=True))
    return [guide_of(slug) for role, slug in SLUGS.items() if role in held]


def help_for(page: str, own: list[Guide]) -> tuple[str, str] | None:
    """Guide and task that explain a page: in one of the reader's own guides, else in whichever has it."""
    others = [guide_of(SLUGS[role]) for role in Role if guide_of(SLUGS[role]) not in own]
    for guide in (*own, *others):
        for anchor in TASKS_OF.get(page, ()):
            if anchor in guide.anchors():
                return guide.slug, anchor
    return None
