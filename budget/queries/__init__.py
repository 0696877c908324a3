"""Reads of the budget: the year's lines and sums, its quarters, form E.81, and the two kinds of money."""
