"""The short tour of each role: what its steps point at on the page where it starts, and what they say."""

from collections.abc import Iterable
from dataclasses import dataclass

from sakip.models import Role


@dataclass(frozen=True, slots=True)
class Step:
    """`target` finds the element in the page; a step whose element the page lacks is left out."""

    target: str
    title: str
    text: str


def room(address: str) -> str:
    return f'.sk-side a[href$="/{address}/"]'


YEAR = Step(
    'summary[aria-label^="Tahun"]',
    "Tahun",
    "Semua halaman menampilkan satu tahun. Ganti di sini; halaman yang sama terbuka untuk tahun itu.",
)
REPORT = Step(
    room("lkjip"),
    "LKjIP",
    "Laporan kinerja tersusun sendiri dari data yang ada. Baca di sini, atau unduh sebagai PDF dan Excel.",
)
FIGURES = Step(
    room("angka"),
    "Asal angka",
    "Setiap angka dapat ditelusuri: rumusnya, data yang dipakai, siapa yang mengisi, dan buktinya.",
)
HISTORY = Step(
    room("riwayat"),
    "Riwayat",
    "Semua perubahan tercatat: siapa, kapan, dan dari berapa menjadi berapa.",
)
HELP = Step(
    ".sk-side-help",
    "Bantuan halaman ini",
    "Membuka bagian panduan yang menjelaskan halaman ini. Tur dapat diulang dari menu akun.",
)
UNITS = Step(
    room("realisasi"),
    "Realisasi",
    "Isian semua unit per triwulan, dengan statusnya. Pilih satu triwulan untuk melihat angka dan buktinya.",
)

EVALUATION = Step(
    room("evaluasi"),
    "Evaluasi AKIP",
    "Setiap kriteria LKE dengan jawaban portal, jawaban kantor, dan buktinya. Anda menilainya di sini.",
)

STEPS: dict[Role, tuple[Step, ...]] = {
    Role.OPERATOR: (
        Step(
            ".sk-page-actions .btn-primary",
            "Isi triwulan",
            "Langsung ke isian unit Anda yang terbuka. Isian tersimpan sendiri saat Anda berpindah sel.",
        ),
        Step(
            room("realisasi"),
            "Realisasi",
            "Semua triwulan unit Anda, dengan batas pengisian dan jumlah baris yang sudah terisi.",
        ),
        Step(
            room("tugas"),
            "Tugas",
            "Yang menunggu Anda: triwulan yang perlu diisi, dan isian yang dikembalikan beserta alasannya.",
        ),
        HISTORY,
        HELP,
    ),
    Role.UNIT_HEAD: (
        Step(
            room("tugas"),
            "Tugas",
            "Yang menunggu unit Anda: isian yang belum diajukan, dan yang dikembalikan beserta alasannya.",
        ),
        Step(
            ".sk-page-actions .btn-primary",
            "Periksa isian unit",
            "Buka isian unit Anda, periksa angka dan buktinya, lalu ajukan sebelum batasnya.",
        ),
        UNITS,
        FIGURES,
        HELP,
    ),
    Role.PLANNER: (
        Step(
            room("tugas"),
            "Tugas",
            "Triwulan yang sudah diajukan unit. Verifikasi, atau kembalikan baris tertentu dengan alasannya.",
        ),
        Step(
            room("jadwal"),
            "Jadwal",
            "Kapan setiap triwulan diisi dan diperiksa, serta perpanjangan bagi unit yang terlambat.",
        ),
        Step(
            room("rekonsiliasi"),
            "Rekonsiliasi",
            "Membandingkan isian unit dengan realisasi resmi, baris demi baris.",
        ),
        REPORT,
        FIGURES,
        HELP,
    ),
    Role.HEAD: (
        Step(
            room("tugas"),
            "Tugas",
            "Triwulan yang sudah diverifikasi dan menunggu pengesahan Anda, dengan jumlahnya di sisinya.",
        ),
        UNITS,
        FIGURES,
        REPORT,
        YEAR,
        HELP,
    ),
    Role.EVALUATOR: (EVALUATION, YEAR, UNITS, FIGURES, REPORT, HELP),
    Role.ADMIN: (
        Step(
            ".hm-answers",
            "Pengelolaan",
            "Akun, peran, dan persiapan tahun yang perlu dibenahi. Setiap angka menuju daftarnya.",
        ),
        Step(
            '.sk-side a[href="/admin/"]',
            "Data dasar",
            "Akun, peran, unit kerja, indikator, dan anggaran dijaga di sini.",
        ),
        Step(
            room("jadwal"),
            "Jadwal",
            "Kapan setiap triwulan diisi dan diperiksa, serta perpanjangan bagi unit yang terlambat.",
        ),
        HISTORY,
        HELP,
    ),
    Role.CITY: (
        Step(
            "#perbandingan",
            "Perbandingan",
            "Satu baris satu perangkat daerah. Pilih angka mana pun untuk membuka halaman asalnya.",
        ),
        Step(
            "#perbandingan thead a",
            "Mengurutkan",
            "Pilih judul kolom untuk mengurutkan; pilih sekali lagi untuk membalik urutannya.",
        ),
        Step(
            "#dihubungi",
            "Perlu dihubungi",
            "Perangkat daerah yang paling mendesak di atas, dengan alasan dan orang yang dapat dihubungi.",
        ),
        YEAR,
        HELP,
    ),
}


# Roles that do not start on the home page of the office.
STARTS: dict[Role | None, str] = {
    Role.CITY: "city",
    Role.EVALUATOR: "evaluation",
    Role.ADMIN: "admin_home",
}


def tour_page(roles: Iterable[Role]) -> str:
    """The address at which the role starts, and where its tour is taken."""
    first = next((role for role in roles if role in STEPS), None)
    return STARTS.get(first, "dashboard")


def steps_of(roles: Iterable[Role]) -> tuple[Step, ...]:
    """The tour of the first role that has one."""
    return next((STEPS[role] for role in roles if role in STEPS), ())
