"""The quarters of a year: by number, and as they are written."""

QUARTERS = (1, 2, 3, 4)
ROMAN = ("I", "II", "III", "IV")
