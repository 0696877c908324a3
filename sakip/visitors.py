"""Where a request comes from, in words that its owner recognises."""

from django.conf import settings
from django.http import HttpRequest

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def address_of(request: HttpRequest) -> str:
    """The visitor's IP address. Behind https the proxy is ours, and what it appended last is true."""
    if settings.SECURE and (passed := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        return passed.split(",")[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def device_of(request: HttpRequest) -> str:
    """Browser and system, as `Chrome, Windows`."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    browser = next((name for mark, name in BROWSERS if mark in agent), "Safari" if "Safari/" in agent else "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (browser, system))) or "Perangkat tidak dikenal"
