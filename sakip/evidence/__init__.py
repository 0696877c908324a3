"""PURE: what an uploaded file really is, told by its content, and why it is refused. No Django in here."""
