"""A meeting's paper as a Word document: the printed sheet's blocks, in styles that an office can edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from reporting.lkjip import blocks as report
from reporting.lkjip.blocks import plain_text
from reporting.lkjip.table_view import CellView, TableView, view_of
from reporting.meetings.blocks import Facts, LetterHead, Paper, SigningList
from reporting.tables.base import PROVISIONAL
from sakip import indonesian

LANGUAGE = "id-ID"
FONT = "Arial"
PAGE, MARGINS = (210, 297), {"top": 20, "right": 20, "bottom": 20, "left": 30}
# Between the margins, in millimetres.
WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]
HEAD_FILL, TOTAL_FILL = "E7EDF1", "F1F4F6"
WARNING = RGBColor(0x77, 0x48, 0x00)
DOTS = "................................"
SIGNING_COLUMNS = (("No.", 9), ("Jabatan", 45), ("Unit kerja", 36), ("Nama", 36), ("Tanda tangan", 34))
# What a file of XML cannot hold, and nobody means to write.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def document_of(paper: Paper) -> bytes:
    """The paper as a .docx file on A4, in Indonesian, its mark at the head of every page."""
    word = Document()
    _page(word)
    _styles(word)
    _properties(word, paper)
    _running(word, paper)
    if paper.mark:
        warning = _write(word, paper.warning or paper.mark, WD_ALIGN_PARAGRAPH.CENTER)
        warning.runs[0].bold, warning.runs[0].font.color.rgb = True, WARNING
    for block in paper.blocks:
        BUILDERS[type(block)](word, block)
    target = BytesIO()
    word.save(target)
    return target.getvalue()


# ---------------------------------------------------------------- the sheet
def _page(word: Word) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))


def _styles(word: Word) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for name, size in (("Heading 1", 13), ("Heading 2", 11), ("Caption", 9.5)):
        style = word.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.keep_with_next = True
        # The template's headings take their letters from its theme, which would win over the name.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name_of_theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name_of_theme}"), None)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _properties(word: Word, paper: Paper) -> None:
    found = word.core_properties
    found.title, found.author, found.language = _clean(paper.title), _clean(paper.agency_name), LANGUAGE
    found.comments, found.last_modified_by = paper.mark, ""
    found.created = found.modified = datetime.combine(paper.day, time(), UTC)


def _running(word: Word, paper: Paper) -> None:
    """The mark above, whose paper it is and the page number below."""
    section = word.sections[0]
    if paper.mark:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        mark = head.add_run(paper.mark)
        mark.bold, mark.font.size, mark.font.color.rgb = True, Pt(9), WARNING
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run(_clean(f"{paper.agency_name}, halaman ")).font.size = Pt(8)
    page = foot.add_run()
    page.font.size = Pt(8)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        page._r.append(part)


# ---------------------------------------------------------------- words
def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _write(
    place: Word | _Cell, text: str, align: WD_ALIGN_PARAGRAPH | None = None, style: str | None = None
) -> WordParagraph:
    paragraph = place.add_paragraph(style=style)
    paragraph.add_run(_clean(text))
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _paragraph(word: Word, block: report.Paragraph) -> None:
    _write(word, plain_text(block.text), WD_ALIGN_PARAGRAPH.JUSTIFY)


def _heading(word: Word, block: report.Heading) -> None:
    _write(word, plain_text(block.text), style="Heading 2")


def _title(word: Word, block: report.TitleBlock) -> None:
    title = _write(word, "", WD_ALIGN_PARAGRAPH.CENTER, "Heading 1")
    title.paragraph_format.space_after = Pt(12)
    for place, line in enumerate(block.lines):
        run = title.add_run(_clean(line.upper()))
        if place + 1 < len(block.lines):
            run.add_break()


def _list(word: Word, block: report.ItemList) -> None:
    """Numbers are written out: Word's own would go on counting from one list to the next."""
    for number, item in enumerate(block.items, 1):
        mark = f"{number}." if block.ordered else "-"
        line = _write(word, f"{mark}\t{plain_text(item.text)}")
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(12), Mm(-6)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(12))
        line.paragraph_format.space_after = Pt(2)
    _gap(word)


def _gap(word: Word) -> None:
    """Keeps two tables apart and leaves a line of air."""
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _break(word: Word, block: report.PageBreak) -> None:
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


# ---------------------------------------------------------------- the letter
def _letterhead(word: Word, block: report.LetterheadBlock) -> None:
    contact = " \u00b7 ".join(part for part in (block.website, block.email) if part)
    lines = [(block.government.upper(), 12, True), (block.agency.upper(), 14, True)]
    lines += [(text, 9, False) for text in (block.address, contact) if text]
    for text, size, is_bold in lines:
        line = _write(word, text, WD_ALIGN_PARAGRAPH.CENTER)
        line.paragraph_format.space_after = Pt(0)
        line.runs[0].bold, line.runs[0].font.size = is_bold, Pt(size)
    border = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "18"), ("space", "4"), ("color", "000000")):
        rule.set(qn(f"w:{name}"), value)
    border.append(rule)
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )
    line.paragraph_format.space_after = Pt(12)


def _letter(word: Word, block: LetterHead) -> None:
    _facts_table(word, block.facts, label=22)
    _gap(word)
    _write(word, block.place_and_day)
    for text in ("Yth.", *(f"{number}. {one}" for number, one in enumerate(block.addressees, 1))):
        _write(word, text).paragraph_format.space_after = Pt(0)
    _write(word, "di Tempat").paragraph_format.space_after = Pt(12)


def _facts(word: Word, block: Facts) -> None:
    _facts_table(word, block.lines, label=35)
    _gap(word)


def _facts_table(word: Word, lines: Sequence[tuple[str, str]], label: int) -> None:
    table = _table(word, len(lines), (label, 5, WIDTH - label - 5), style=None)
    for row, (name, value) in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, (name, ":", value or DOTS), strict=True):
            _fill(cell, text)


# ---------------------------------------------------------------- tables
def _table(word: Word, rows: int, widths: Sequence[float], style: str | None = "Table Grid") -> WordTable:
    """A table of fixed widths in millimetres; Word reads the grid, other programs the cells."""
    table = word.add_table(rows, len(widths), style=style)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for row in table.rows:
        _keep_whole(row)
    return table


def _keep_whole(row: _Row) -> None:
    """A row is not torn over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: _Row) -> None:
    """The heading stands again on every page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(
    cell: _Cell,
    text: str,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    *,
    size: float = 10.5,
    is_bold: bool = False,
    fill: str = "",
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(_clean(text))
    run.font.size, run.bold = Pt(size), is_bold
    if fill:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _report_table(word: Word, block: report.TableBlock) -> None:
    view, table = view_of(block.table), block.table
    provisional = f" ({PROVISIONAL})" if table.provisional else ""
    _write(word, f"{block.label} {table.title}{provisional}", style="Caption")
    made = _table(word, 1 + max(len(view.rows), 1), [WIDTH * share / 100 for share in view.widths])
    _repeat(made.rows[0])
    for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
        _fill(cell, column.label, WD_ALIGN_PARAGRAPH.CENTER, size=8.5, is_bold=True, fill=HEAD_FILL)
    if not view.rows:
        cells = made.rows[1].cells
        _fill(cells[0].merge(cells[-1]), table.empty_text, WD_ALIGN_PARAGRAPH.CENTER, size=8.5)
    for row, shown in zip(made.rows[1:], view.rows, strict=False):
        for cell, found in zip(row.cells, shown.cells, strict=True):
            is_bold = bool(shown.css)
            fill = TOTAL_FILL if is_bold else ""
            _fill(cell, _told(found), _align_of(found), size=8.5, is_bold=is_bold, fill=fill)
    _notes(word, block, view)


def _told(cell: CellView) -> str:
    mark = f" [{cell.mark}]" if cell.mark else ""
    return f"{cell.text}{mark}{' (S)' if cell.provisional else ''}"


def _align_of(cell: CellView) -> WD_ALIGN_PARAGRAPH:
    if "lk-right" in cell.css:
        return WD_ALIGN_PARAGRAPH.RIGHT
    return WD_ALIGN_PARAGRAPH.CENTER if "lk-center" in cell.css else WD_ALIGN_PARAGRAPH.LEFT


def _notes(word: Word, block: report.TableBlock, view: TableView) -> None:
    source = [f"Sumber: {block.table.source}"] if block.table.source else []
    for note in (*(f"[{letter}] {text}" for letter, text in view.marks), *block.table.notes, *source):
        line = _write(word, note)
        line.runs[0].font.size = Pt(8.5)
        line.paragraph_format.space_after = Pt(2)
    _gap(word)


def _signing(word: Word, block: SigningList) -> None:
    made = _table(word, 1 + len(block.rows), [width for _, width in SIGNING_COLUMNS])
    _repeat(made.rows[0])
    for cell, (label, _) in zip(made.rows[0].cells, SIGNING_COLUMNS, strict=True):
        _fill(cell, label, WD_ALIGN_PARAGRAPH.CENTER, size=9.5, is_bold=True, fill=HEAD_FILL)
    for number, (row, one) in enumerate(zip(made.rows[1:], block.rows, strict=True), 1):
        row.height = Mm(9)
        # Signatures stand by turns at the left and at the right, as on paper.
        indent = "\t" if number % 2 == 0 else ""
        for cell, text in zip(
            row.cells, (str(number), one.role, one.unit, "", f"{indent}{number}."), strict=True
        ):
            _fill(cell, text, size=9.5)
    _gap(word)


# ---------------------------------------------------------------- who signs
def _signatures(word: Word, block: report.SignatureBlock) -> None:
    """Side by side; one that stands alone is at the right."""
    columns = max(len(block.signatures), 2)
    table = _table(word, 1, [WIDTH / columns] * columns, style=None)
    cells = table.rows[0].cells[columns - len(block.signatures) :]
    for cell, one in zip(cells, block.signatures, strict=True):
        lines = _signature_lines(one)
        for place, text in enumerate(lines):
            line = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            line.add_run(_clean(text))
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.space_after = Pt(0)
            line.paragraph_format.keep_with_next = place + 1 < len(lines)


def _signature_lines(one: report.Signature) -> list[str]:
    """Place and day, position, room to sign, name, rank and NIP; dots where nothing is recorded."""
    day = indonesian.date_long(one.day) if one.day else DOTS
    lines = [f"{one.place}, {day}" if one.place else ""]
    lines += [one.heading] if one.heading else []
    lines += [f"{one.acting} {one.position}".strip(), "", "", "", one.name or DOTS]
    lines += [one.rank] if one.rank else []
    return lines + ([f"NIP {one.nip or DOTS}"] if one.has_nip else [])


BUILDERS: dict[type, Callable[[Word, Any], None]] = {
    report.Paragraph: _paragraph,
    report.Heading: _heading,
    report.TitleBlock: _title,
    report.ItemList: _list,
    report.PageBreak: _break,
    report.LetterheadBlock: _letterhead,
    report.TableBlock: _report_table,
    report.SignatureBlock: _signatures,
    LetterHead: _letter,
    Facts: _facts,
    SigningList: _signing,
}
