"""What readers' pages weigh and how fast they appear on a slow phone.

    .venv/bin/python bench/pages.py [--lighthouse]

Starts the portal with the sample content on a free port of this machine, in a folder of
its own, and prints a table in Markdown: bytes of HTML, style sheets and scripts after
gzip -6, requests before pictures, requests to other hosts, and for each page the largest
contentful paint and the layout shift in Chromium at 360 px, then where the text of the
stories begins. `--lighthouse` adds the scores of Lighthouse for mobile; it needs Node.js
18.20 or newer and npm.

The portal runs as in production: HTTPS with a certificate of the moment, static files
with hashes and compressed, nothing in front of it. Needs openssl.
"""

import argparse
import gzip
import json
import os
import secrets
import shutil
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from lxml import etree
from playwright.sync_api import Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = ROOT / "bench" / "lighthouse"
CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--ignore-certificate-errors",
]
OWN_CERTIFICATE = ssl.create_default_context()
PHONE = {"width": 360, "height": 780}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WATCH = """
window.seen = {lcp: 0, cls: 0};
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
# About a phone on a slow mobile line, as Lighthouse has it.
SLOW = {
    "offline": False,
    "latency": 150,  # milliseconds
    "downloadThroughput": 1_638_400 / 8,  # bytes a second
    "uploadThroughput": 750_000 / 8,
}
CPU_SLOWDOWN = 4
FIRST_WORDS = {"usual": 560, "large": 600}  # px from the top of the page at 360 px
TOP_OF_TEXT = """() => document
    .querySelector(".story__standfirst, .prose p").getBoundingClientRect().top"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def portal() -> Iterator[str]:
    """The address of a running portal with the sample content."""
    folder = tempfile.mkdtemp(prefix="jinxi-pages-")
    key, certificate = Path(folder, "key.pem"), Path(folder, "certificate.pem")
    subprocess.run(
        [shutil.which("openssl") or sys.exit("Needs openssl."), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    OWN_CERTIFICATE.load_verify_locations(certificate)
    port = free_port()
    address = f"https://127.0.0.1:{port}"
    env = {**os.environ, "VAR_DIR": folder, "SITE_URL": address, "DEBUG": "0"}
    # Sample content is for development; what serves it is not.
    production = {
        **env,
        "ENVIRONMENT": "production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    for command, settings in (
        (["migrate", "-v0"], env),
        (["load_demo"], env),
        (["collectstatic", "--noinput"], production),
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=settings,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
         "--ssl-certificate", certificate, "--ssl-keyfile", key,
         "--port", str(port), "jinxi_portal.wsgi:application"],
        cwd=ROOT, env=production, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                urlopen(address, context=OWN_CERTIFICATE).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
        shutil.rmtree(folder)


def fetched(address: str) -> bytes:
    try:
        with urlopen(address, context=OWN_CERTIFICATE) as answer:
            return answer.read()
    except HTTPError as error:
        return error.read()


def packed(*contents: bytes) -> int:
    """Bytes after gzip -6, each by itself, as they are sent."""
    return sum(len(gzip.compress(content, 6)) for content in contents)


def links_of(html: bytes, query: str, address: str) -> list[str]:
    found = etree.HTML(html).xpath(query)
    return [urljoin(address, link) for link in found]


def pages_of(address: str) -> dict[str, str]:
    """One page of each kind, found by following the portal's own links."""
    home = fetched(address)

    def first(query: str, html: bytes = home) -> str:
        found = links_of(html, query, address)
        return urlsplit(found[0]).path if found else ""

    story = first("//article//h2/a/@href")
    channel = first("//nav[@aria-label='频道']//a[contains(@href, '/channel/')]/@href")
    pages = {
        "home": "/",
        "channel": channel,
        "story": story,
        "story, Taiwan": f"/zh-tw{story}",
        "longest story": longest_story(address, home),
        "tag": first("//a[@rel='tag']/@href", fetched(address + story)),
        "gallery": first("//section[@aria-labelledby='people']//h2/a/@href"),
        "topic": first("//a[contains(@href, '/topic/')]/@href"),
        "archive": first("//a[contains(@href, '/archive/')]/@href"),
        "editor": first(
            "//a[contains(@href, '/editor/')]/@href", fetched(address + story)
        ),
        "statement": first("//footer//a[contains(@href, '/about/')]/@href"),
        "search": "/search/?q=%E8%80%81%E8%A1%97",
        "share": first(
            "//a[contains(@href, '/share/')]/@href", fetched(address + story)
        ),
        "missing": "/nowhere/",
    }
    return {kind: path for kind, path in pages.items() if path}


def longest_story(address: str, home: bytes) -> str:
    """The story with the most bytes of those on the home page."""
    links = links_of(home, "//h3/a/@href", address)
    stories = {
        path for link in links if (path := urlsplit(link).path).startswith("/article/")
    }
    return max(stories, key=lambda path: len(fetched(address + path)), default="")


def looked_at(page: Page, address: str) -> dict[str, float]:
    """Open a page as a slow phone does."""
    requests: list[Request] = []

    # Playwright sets an attribute on what it calls: a bound method has none.
    def note(request: Request) -> None:
        requests.append(request)

    page.on("request", note)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    page.add_init_script(WATCH)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1500)
    host = urlsplit(address).netloc
    before = [
        r
        for r in requests
        # "other" is the picture in the browser's tab.
        if r.resource_type not in {"image", "other", "ping", "beacon", "manifest"}
    ]
    return {
        **page.evaluate("seen"),
        "requests": len(before),
        "foreign": sum(urlsplit(r.url).netloc != host for r in requests),
        "pictures": sum(
            len(fetched(r.url)) for r in requests if r.resource_type == "image"
        ),
    }


def first_words(address: str) -> None:
    """Where the text of a story begins on a phone: the top of its first paragraph, which
    is the standfirst of a story that has one."""
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    sitemap = etree.fromstring(fetched(f"{address}/sitemap-stories-1.xml"))
    paths = {
        path
        for found in sitemap.xpath("//s:loc/text()", namespaces=names)
        if (path := urlsplit(found).path).startswith("/article/")
    }
    print("\n| type | stories | median px | most px | within | limit |")
    print("|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name, limit in FIRST_WORDS.items():
            context = browser.new_context(viewport=PHONE)
            if name == "large":
                context.add_cookies(
                    [{"name": "jx_large", "value": "1", "url": address}]
                )
            page = context.new_page()
            tops = []
            for path in paths:
                page.goto(address + path)
                tops.append(page.evaluate(TOP_OF_TEXT))
            within = sum(top <= limit for top in tops)
            middle = statistics.median(tops)
            print(
                f"| {name} | {len(tops)} | {middle:.0f} | {max(tops):.0f} | {within} | {limit} |",
                flush=True,
            )
            context.close()
        browser.close()


def lighthouse(address: str) -> dict[str, float]:
    """Scores of 100 by category, and what was measured."""
    flags = " ".join(["--headless=new", *OPTIONS])
    result = subprocess.run(
        [str(LIGHTHOUSE / "node_modules" / ".bin" / "lighthouse"), address, "--quiet",
         "--output=json", f"--chrome-flags={flags}"],
        env={**os.environ, "CHROME_PATH": CHROMIUM}, check=True, capture_output=True,
    )  # fmt: skip
    report = json.loads(result.stdout)
    scores = {
        name: round(100 * (report["categories"][name]["score"] or 0))
        for name in CATEGORIES
    }
    audits = report["audits"]
    return {
        **scores,
        "lcp": audits["largest-contentful-paint"]["numericValue"],
        "cls": audits["cumulative-layout-shift"]["numericValue"],
        "tbt": audits["total-blocking-time"]["numericValue"],
    }


def install_lighthouse() -> None:
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("--lighthouse needs Node.js and npm.")
    subprocess.run(
        [npm, "install", "--silent", "--no-save", "--ignore-scripts"],
        cwd=LIGHTHOUSE,
        check=True,
    )


def weigh(address: str, pages: dict[str, str]) -> None:
    print(
        "| page | HTML | CSS | JS | KB in all | requests | other hosts | pictures KB | LCP s | CLS |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for kind, path in pages.items():
            html = fetched(address + path)
            sheets = [
                fetched(link)
                for link in links_of(html, "//link[@rel='stylesheet']/@href", address)
            ]
            scripts = [
                fetched(link) for link in links_of(html, "//script/@src", address)
            ]
            sizes = packed(html), packed(*sheets), packed(*scripts)
            context = browser.new_context(
                viewport=PHONE, device_scale_factor=2, is_mobile=True
            )
            seen = looked_at(context.new_page(), address + path)
            context.close()
            weights = " | ".join(f"{size / 1024:.1f}" for size in (*sizes, sum(sizes)))
            print(
                f"| {kind} | {weights} | {seen['requests']:.0f} | {seen['foreign']:.0f} |"
                f" {seen['pictures'] / 1024:.0f} | {seen['lcp'] / 1000:.2f} | {seen['cls']:.3f} |",
                flush=True,
            )
        browser.close()


def score(address: str, pages: dict[str, str]) -> None:
    print(
        "\n| page | performance | accessibility | best practices | SEO | LCP s | CLS | TBT ms |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for kind, path in pages.items():
        try:
            found = lighthouse(address + path)
        except subprocess.CalledProcessError as error:
            print(f"| {kind} | failed: {error.stderr.decode()[:200]!r} |", flush=True)
            continue
        scores = " | ".join(str(found[name]) for name in CATEGORIES)
        print(
            f"| {kind} | {scores} | {found['lcp'] / 1000:.2f} | {found['cls']:.3f} | {found['tbt']:.0f} |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--lighthouse", action="store_true", help="add the scores of Lighthouse"
    )
    chosen = parser.parse_args()
    if chosen.lighthouse:
        install_lighthouse()
    with portal() as address:
        pages = pages_of(address)
        weigh(address, pages)
        first_words(address)
        if chosen.lighthouse:
            score(
                address,
                {
                    kind: path
                    for kind, path in pages.items()
                    if kind not in {"missing", "search", "share"}
                },
            )


if __name__ == "__main__":
    main()
