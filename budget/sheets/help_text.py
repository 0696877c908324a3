"""How to fill in the workbook, as its own sheet says it."""

TITLE = "Cara mengisi"
SECTIONS = {
    "Mengisi": (
        "Isi sel putih berbingkai pada lembar Isian. Sel lain terkunci; baris tidak perlu diurutkan.",
        "Kolom TW: rupiah yang dibelanjakan dalam triwulan itu saja, atau realisasi indikator.",
        "Kolom Fisik: persen, kumulatif sejak awal tahun.",
        "Ketik angka biasa, tanpa rumus. Angka salinan ditempel dengan Tempel Khusus, Nilai.",
    ),
    "Keterangan": (
        "angka: ada angkanya. 0 adalah angka.",
        "nihil: dinyatakan tidak ada kejadian; kosongkan angkanya.",
        "tidak berlaku: baris ini tidak berlaku dalam triwulan ini; kosongkan angkanya.",
        "belum ada: datanya menyusul. Begitu angka diketik, keterangan ini tidak perlu diubah.",
        "Untuk menghapus angka, kosongkan selnya dan pilih belum ada.",
    ),
    "Warna": (
        "Kuning: realisasi sampai triwulan ini melebihi pagu, atau fisik turun dari triwulan sebelumnya.",
        "Yang kuning boleh diunggah, tetapi periksa dan jelaskan pada kendala.",
        "Merah: angka dan keterangannya bertentangan; portal akan menolaknya.",
    ),
    "Mengunggah": (
        "Simpan sebagai Buku Kerja Excel (.xlsx), lalu unggah di halaman Excel triwulan ini.",
        "Portal memperlihatkan setiap perubahan lebih dahulu; tidak ada yang tersimpan sebelum Terapkan.",
        "Bila isian di portal berubah setelah berkas diunduh, portal menunjukkan keduanya dan Anda memilih.",
    ),
}
