"""The accountability arithmetic: Decimals and frozen values in, results with reasons out.

Pure: it imports only the standard library, reads no file, no clock and no database. The rules, their
sources and worked tables stand in docs/scoring.md; tests/scoring reads those very tables.
"""
