"""Ceilings, realisations and what they mean: the money side of the portal."""
