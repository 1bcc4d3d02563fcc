"""The form for readers' error reports in a browser: mistakes are found, heard and mended."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from fronts.models import EmergencyNotice, ErrorReport
from tests import factories
from tests.accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOUR = datetime.timedelta(hours=1)


def test_mistake_takes_the_focus_to_its_field_and_the_report_goes_out(
    page, page_faults, monkeypatch
):
    monkeypatch.setattr("fronts.forms.FASTEST", datetime.timedelta())
    story = factories.article(title="老街修好了", published=True)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"/report/?article={story.pk}")
    page.get_by_label("原文").fill("全村十三户")
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="请写明问题。").click()
    field = page.get_by_label("问题")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("错误：.*请写明问题。"))
    expect(page.get_by_label("原文")).to_have_value("全村十三户")
    field.fill("“十三”应为“三十”。")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到")
    assert ErrorReport.objects.get().article == story
    # The browser reports the answer 422 to the first try, which is what it should be.
    assert all("422" in fault for fault in page_faults)
    page_faults.clear()


@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 1280)])
def test_form_with_mistakes_below_a_notice_has_no_accessibility_fault(
    browser: Browser, live_server, theme, width
):
    EmergencyNotice.objects.create(
        text="今晚台风过境，请不要出门",
        url="/article/7/",
        shown_from=timezone.now() - HOUR,
    )
    # The checker itself is an inline script, which the policy of the site refuses.
    context = browser.new_context(
        base_url=live_server.url,
        bypass_csp=True,
        color_scheme=theme,
        viewport={"width": width, "height": 800},
    )
    tab = context.new_page()
    tab.goto("/report/")
    tab.get_by_role("button", name="提交").click()
    expect(tab.locator(".error-summary")).to_be_visible()
    faults = violations(tab)
    sideways = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    assert faults == []
    assert sideways == 0
