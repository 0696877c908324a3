"""The agencies of a city side by side: what each one's own pages say, and whom to call."""
