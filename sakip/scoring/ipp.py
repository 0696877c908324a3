"""The public service index (IPP, PEKPPP): six weighted aspects on a scale from 0 to 5."""

from __future__ import annotations

from collections.abc import Mapping

from sakip.scoring.index_score import IndexPart, IndexScore, index_of_parts, settled
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.values import MISSING, Measured


def ipp(scores: Mapping[str, Measured], policy: ScoringPolicy, declared: Measured = MISSING) -> IndexScore:
    """The IPP from aspect scores (on `policy.ipp_scale`, by the keys of `policy.ipp_weights`). Never raises.

    `declared` is the total that the assessors announced: it wins, and the note says where the
    aspects give something else. *Nihil* counts as 0; an aspect that is missing, or absent from
    `scores`, gives its weight to the others and makes the computed index provisional.

    Source: domain reference, "Scales", IPP (V); docs/scoring.md, table `ipp`.
    """
    parts = tuple(
        IndexPart(aspect.key, aspect.name, aspect.weight, scores.get(aspect.key, MISSING))
        for aspect in policy.ipp_weights
    )
    from_parts, off_scale = index_of_parts(parts, policy.ipp_scale.contains)
    return settled(parts, from_parts, off_scale, policy.ipp_scale, policy, declared)
