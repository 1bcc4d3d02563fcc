"""What axe-core finds wrong with a page that a browser shows."""

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Only what is wrong comes back: what is right is most of it, and takes most of the time.
_RUN = """async options => {
    const {violations} = await axe.run({...options, resultTypes: ["violations"]});
    return violations.map(({id, nodes}) => ({id, html: nodes[0].html, target: nodes[0].target}));
}"""
_SCRIPT = Axe().axe_script


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Rules that are broken, each with the first place where it is.

    All rules of `RULES`, or those named. The checker is a script from outside: the page
    needs a context with `bypass_csp=True`.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_SCRIPT)
    only: dict[str, Any] = (
        {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    )
    found = page.evaluate(_RUN, {"runOnly": only})
    return [
        f"{rule['id']}: {rule['html']} {json.dumps(rule['target'])}" for rule in found
    ]
