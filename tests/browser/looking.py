"""The kinds of pages there are, and what can be seen to be wrong with one."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT

LANGUAGES = ("en", "fr")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE = {"width": 1280, "height": 900}
# WCAG 2.2 SC 1.4.10: the width at which nothing may need a second direction of scrolling.
NARROW = {"width": 320, "height": 640}
READERS = {
    **dict.fromkeys(("home", "list", "list-filtered", "update"), 200),
    **dict.fromkeys(
        ("callout-upcoming", "callout-past", "callout-cancelled", "callout-undated"), 200
    ),
    **dict.fromkeys(("calendar", "calendar-month", "calendar-empty"), 200),
    **dict.fromkeys(("faq-bulletin", "english-only", "french-only", "faq", "donate"), 200),
    **dict.fromkeys(("links", "links-filtered", "page", "login", "set-password"), 200),
    **dict.fromkeys(("pictures-in-text", "gallery"), 200),
    **dict.fromkeys(("archive", "archive-year", "archive-month", "topics", "topic"), 200),
    **dict.fromkeys(("thread", "thread-first", "thread-last"), 200),
    **dict.fromkeys(("search", "search-hits", "search-none"), 200),
    "feeds": 200,
    "not-found": 404,
    "gone": 410,
}
EDITORS = (
    *("index", "list", "new", "form", "form-faq", "history", "take-back", "preview"),
    *("people", "person", "link", "accounts", "groups", "identity"),
    *("lists", "list-new", "list-history", "log", "log-unsure", "send-again"),
)


def violations(page) -> list[str]:
    """axe's findings with the tags of WCAG 2.2 AA, nothing excluded."""
    page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        f"{rule['id']}: {node['html'][:160]} – {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for node in rule["nodes"]
    ]


def sticking_out(page) -> list[str]:
    """What makes a page scroll sideways, or nothing."""
    return page.evaluate(
        """() => {
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            const wide = [...document.querySelectorAll("body *")]
                .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
                .map((one) => one.outerHTML.slice(0, 90));
            return [`${root.scrollWidth} wide at ${root.clientWidth}`, ...wide.slice(0, 4)];
        }"""
    )


def cut_off(page) -> list[str]:
    """What holds more than it shows and cannot be scrolled; but for words to be heard only."""
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => one.offsetParent && one.clientWidth > 1)
            .filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX))
            .filter((one) => !one.matches("select, input, textarea"))
            .filter((one) => one.scrollWidth > one.clientWidth + 1)
            .map((one) => one.outerHTML.slice(0, 90))"""
    )


# Cumulative Layout Shift, in full: also what came before anybody asked.
WATCH_SHIFTS = """() => {
    window.shifts = [];
    const what = (source) => source.node?.outerHTML?.slice(0, 80);
    new PerformanceObserver((list) => {
        for (const one of list.getEntries())
            window.shifts.push([one.value, ...one.sources.map(what)]);
    }).observe({ type: "layout-shift", buffered: true });
}"""


def shifts(page) -> list:
    """What jumped on a page in which WATCH_SHIFTS runs, and how far; with nothing scrolled over."""
    page.evaluate("() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))")
    return page.evaluate("() => window.shifts")


def scroll_to_the_end(page):
    """As a person does, so that everything comes that waits to be seen."""
    page.evaluate(
        """async () => {
            const pause = () => new Promise((done) => setTimeout(done, 80));
            for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
                scrollTo({ top: y, behavior: "instant" });
                await pause();
            }
        }"""
    )
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => [...document.images].every((one) => one.complete)")
