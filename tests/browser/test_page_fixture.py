"""The `page` fixture notices what it promises to notice."""

import pytest
from playwright.sync_api import Error

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RUN_INLINE_SCRIPT = """
const script = document.createElement("script");
script.textContent = "window.ran = true";
document.body.append(script);
"""


@pytest.fixture
def opened_page(page):
    page.goto("/admin/login/")
    return page


def test_policy_violation_is_a_fault(opened_page, page_faults):
    with opened_page.expect_console_message(
        lambda message: message.text.startswith("CSP:")
    ):
        opened_page.evaluate(RUN_INLINE_SCRIPT)
    assert any("CSP: script-src-elem refused inline" in fault for fault in page_faults)
    page_faults.clear()


def test_script_error_is_a_fault(opened_page, page_faults):
    with opened_page.expect_event("pageerror"):
        opened_page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert "script: broken" in page_faults
    page_faults.clear()


def test_request_to_another_site_is_a_fault(page, page_faults):
    elsewhere = "http://127.0.0.2:9/"  # nothing listens on the discard port
    with pytest.raises(Error, match=r"ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT"):
        page.goto(elsewhere)
    assert f"foreign request: {elsewhere}" in page_faults
    page_faults.clear()
