"""Workbooks, both ways: the grid of a unit's quarter as XLSX, and what comes back of it."""
