"""What is wrong with a workbook: said of the whole file, or of one cell of it."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True)
class Problem:
    """`message` says what is wrong, `mend` what to do about it; `row` and `column` (from 1) where it is."""

    message: str
    mend: str
    sheet: str = ""
    row: int | None = None
    column: int | None = None

    @property
    def place(self) -> str:
        """'F12', or nothing for the whole file."""
        return f"{get_column_letter(self.column)}{self.row}" if self.row and self.column else ""

    def __str__(self) -> str:
        return f"{self.message} {self.mend}"


class UnusableFile(Exception):  # noqa: N818 - what is raised is a fact about the file
    """The file cannot be used at all, whatever is mended in its cells."""

    def __init__(self, message: str, mend: str) -> None:
        self.problem = Problem(message, mend)
        super().__init__(str(self.problem))
