"""Where a criterion or a sub-component stands on the worksheet's page."""

from django.urls import reverse


def anchor(code: str) -> str:
    """1.a.3 is 'lke-1-a-3'."""
    return f"lke-{code.replace('.', '-')}"


def unfolded(agency: str, year: int, code: str) -> str:
    """The page with one sub-component unfolded, at its place."""
    return f"{reverse('evaluation', args=[agency, year])}?buka={code}#{anchor(code)}"
