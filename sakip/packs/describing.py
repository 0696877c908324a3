"""What a pack looks like, told from its specifications: the tables of docs/data-pack.md, the empty pack."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from sakip.packs.specs import FileSpec, Ref

BEGIN, END = "<!-- berkas: awal -->", "<!-- berkas: akhir -->"
README = """# Paket data kosong

Setiap berkas di folder ini hanya berisi baris judul. Isi di bawahnya, satu baris satu data, lalu muat:

    manage.py load_agency FOLDER

Arti setiap kolom, contoh isi, dan cara menulis angka, tanggal, nihil, dan tidak berlaku ada di
docs/data-pack.md. Berkas yang tidak dipakai dibiarkan berisi baris judul saja.
Jangan menulis nama orang atau NIP selain pada `officials.csv`.
"""


def files_of(specs: Iterable[FileSpec]) -> list[FileSpec]:
    """The specifications that are files; tables of the portal itself are not part of a pack."""
    return [spec for spec in specs if not spec.is_reference]


def write_empty_pack(folder: Path, specs: Iterable[FileSpec]) -> int:
    """Write every file with its heading, and a README; how many files there are. Keeps what exists."""
    folder.mkdir(parents=True, exist_ok=True)
    files = files_of(specs)
    for spec in files:
        path = folder / spec.filename
        if not path.exists():
            path.write_text(",".join(spec.headings) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(README, encoding="utf-8")
    return len(files)


def described(specs: Iterable[FileSpec], example: Path) -> str:
    """Every file with a table of its columns, as Markdown; examples are the first filled cells of a pack."""
    names = {spec.name: spec for spec in specs}
    parts = [_file(spec, names, first_cells(example / spec.filename)) for spec in files_of(names.values())]
    return "\n\n".join(parts)


def first_cells(path: Path) -> dict[str, str]:
    """By column, the first cell that is filled in."""
    found: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found = {name: found.get(name) or cell for name, cell in row.items()}
    return found


def with_files(document: str, files: str) -> str:
    """The document with the part between its two marks replaced."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{files}\n\n{END}{after}"


def _file(spec: FileSpec, names: Mapping[str, FileSpec], examples: Mapping[str, str]) -> str:
    lines = [
        f"### `{spec.filename}`",
        "",
        f"{spec.about} Kunci: {', '.join(f'`{name}`' for name in spec.key_columns)}.",
        "",
        "| kolom | isi | wajib | arti | contoh |",
        "|---|---|---|---|---|",
    ]
    for name in spec.headings:
        cells = (*_column(spec, names, name), _shown(examples.get(name, "")))
        lines.append(f"| `{name}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _column(spec: FileSpec, names: Mapping[str, FileSpec], name: str) -> tuple[str, str, str]:
    """What a column holds, whether it must, and what it means."""
    if name in spec.own_columns:
        column = spec.own_columns[name]
        return _shown(column.kind.brief), "ya" if column.is_required else "", _shown(column.about)
    reference = next(ref for ref in spec.refs if name in ref.by)
    target = names[reference.file]
    field = spec.model._meta.get_field(reference.field)
    must = "" if spec.may_be_empty(reference) or _may_lack(names, reference, name) else "ya"
    where = "salah satu sumber dana portal" if target.is_reference else f"kunci di `{target.filename}`"
    return where, must, _shown(str(getattr(field, "verbose_name", name)))


def _may_lack(names: Mapping[str, FileSpec], reference: Ref, name: str) -> bool:
    """Whether this part of the other file's key may be empty there too."""
    target = names[reference.file]
    part = target.key_columns[reference.by.index(name)]
    own = next((ref for ref in target.refs if part in ref.by), None)
    return own is not None and target.may_be_empty(own)


def _shown(text: str) -> str:
    flat = " ".join(text.replace("|", "/").split())
    return flat if len(flat) <= 120 else f"{flat[:119]}…"
