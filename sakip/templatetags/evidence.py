"""The way from a row of the entry grid to its evidence, with how much there is and how much is missing."""

from django import template
from django.urls import reverse

from sakip.queries.evidence import NO_PROOF

register = template.Library()


@register.inclusion_tag("sakip/evidence/link.html", takes_context=True)
def evidence_link(context: dict, kind: str, key: int, name: str) -> dict[str, object]:
    """{% evidence_link "indikator" pk name %}; the page's `proofs` say how far each row is proved."""
    quarter, agency = context["unit_quarter"], context["agency"]
    address = [agency.slug, quarter.year, quarter.unit.slug, quarter.quarter, kind, key]
    proof = context["proofs"].get((kind, key), NO_PROOF)
    return {"url": reverse("evidence", args=address), "proof": proof, "name": name}
