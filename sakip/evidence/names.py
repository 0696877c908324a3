"""The name a file is kept and given back under: readable, harmless, and ending as its content demands."""

import unicodedata

from sakip.evidence.kinds import Content

LONGEST = 150
LONGEST_ENDING = 6
# What Windows does not allow in a name.
RESERVED = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def kept_name(sent: str, content: Content) -> str:
    """The last part of what was sent, without control signs or marks that turn the writing direction."""
    name = unicodedata.normalize("NFC", sent).replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))
    name = " ".join(name.translate(RESERVED).split()).strip(". ")
    stem, ending = _split(name)
    if ending.lower() not in content.extensions:
        ending = content.extensions[0]
    return (stem.strip(". ")[:LONGEST] or "bukti") + ending


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending.isalnum() or len(ending) > LONGEST_ENDING:
        return name, ""
    return stem, f".{ending}"
