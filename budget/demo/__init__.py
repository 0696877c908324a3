"""The demo: accounts one a role, and an open year of sample figures to work in."""
