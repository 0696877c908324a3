"""Worked examples of the pure arithmetic; no database."""
