"""Whether somebody has been shown around."""

from sakip.models import User


def finish_tour(*, user: User) -> None:
    """The tour is not offered to them again; they can still start it themselves."""
    if not user.has_seen_tour:
        user.has_seen_tour = True
        user.save(update_fields=["has_seen_tour"])
