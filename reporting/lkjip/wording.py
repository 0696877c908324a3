"""Small things that Indonesian prose needs: enumerations and capitals."""

from collections.abc import Sequence


def enumerated(texts: Sequence[str]) -> str:
    """'a', 'a dan b', 'a, b, dan c'."""
    if len(texts) < 3:
        return " dan ".join(texts)
    return f"{', '.join(texts[:-1])}, dan {texts[-1]}"


def listed(texts: Sequence[str]) -> list[str]:
    """The items of a list that is one sentence: 'a;', 'b; dan', 'c.'."""
    bare = [text.rstrip(" ;.") for text in texts]
    marks = [*[";"] * (len(bare) - 2), "; dan", "."][-len(bare) :] if bare else []
    return [text + mark for text, mark in zip(bare, marks, strict=True)]


def capitalised(text: str) -> str:
    """The text with a capital first letter and nothing else changed."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """Programme names are printed in capitals in some documents: 'PROGRAM PENUNJANG …' as title words."""
    small = {"dan", "di", "ke", "dari", "yang", "untuk", "pada"}
    if not text.isupper():
        return text
    words = text.lower().split()
    return " ".join(word if word in small and place else word.title() for place, word in enumerate(words))
