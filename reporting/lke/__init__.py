"""The evaluator's worksheet of a year: what the portal answers by itself, and all of it together."""
