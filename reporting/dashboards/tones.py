"""Which of the five tones a predicate has, from the best band of its scale to the worst."""

from sakip.scoring.scales import Band, Scale

TONES = ("excellent", "success", "warning", "orange", "danger")


def tone_of(band: Band | None, scale: Scale) -> str:
    """The bands share the five tones evenly, whatever their number."""
    if band is None:
        return "neutral"
    steps = len(scale.bands) - 1
    place = scale.bands.index(band)
    return TONES[round(place * (len(TONES) - 1) / steps)] if steps else TONES[0]
