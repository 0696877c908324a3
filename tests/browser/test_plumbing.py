"""The browser fixtures see what they promise to see: else a green browser test proves nothing."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path


@login_not_required
def plain_page(request):
    """A page of the portal's middleware and policy, without its templates."""
    return HttpResponse(
        "<!doctype html><html lang=id><head><title>Uji</title><link rel=icon href='data:,'>"
        "<meta name=viewport content='width=device-width'></head><body><p>Uji</p></body></html>"
    )


urlpatterns = [path("", plain_page)]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(__name__),
]


@pytest.fixture
def quiet_page(page):
    page.goto("/")
    return page


def wait_until_seen(page, page_errors: list[str], text: str) -> None:
    """Waits for an error that holds the text and clears the list, since the test expected it."""
    for _ in range(100):
        if any(text in error for error in page_errors):
            page_errors.clear()
            return
        page.wait_for_timeout(20)
    pytest.fail(f"{text!r} was not noted; noted: {page_errors}")


def test_a_quiet_page_has_no_errors(quiet_page, page_errors):
    assert quiet_page.title() == "Uji"
    assert quiet_page.viewport_size == {"width": 1440, "height": 900}
    assert page_errors == []


def test_the_phone_is_as_wide_as_a_phone(phone_page):
    phone_page.goto("/")
    assert phone_page.evaluate("window.innerWidth") == 360


def test_an_error_in_the_console_is_seen(quiet_page, page_errors):
    quiet_page.evaluate("console.error('uji konsol')")
    wait_until_seen(quiet_page, page_errors, "uji konsol")


def test_an_uncaught_exception_is_seen(quiet_page, page_errors):
    quiet_page.evaluate("setTimeout(() => { throw new Error('uji galat'); })")
    wait_until_seen(quiet_page, page_errors, "uji galat")


def test_a_missing_file_is_seen(quiet_page, page_errors):
    quiet_page.evaluate("fetch('/tidak-ada')")
    wait_until_seen(quiet_page, page_errors, "/tidak-ada")


def test_an_inline_script_is_refused_and_seen(quiet_page, page_errors):
    quiet_page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert quiet_page.evaluate("window.ran") is None
    wait_until_seen(quiet_page, page_errors, "CSP script-src")


def test_a_request_to_another_host_is_seen_and_goes_nowhere(open_page, page_errors):
    page = open_page(bypass_csp=True)
    page.goto("/")
    answer = page.evaluate("fetch('http://example.invalid/').then(() => 'reached', () => 'refused')")
    assert answer == "refused"
    wait_until_seen(page, page_errors, "request to another host: http://example.invalid/")
