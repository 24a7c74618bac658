"""Pictures in a reader's browser: what they weigh, that nothing jumps, and that they are there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .looking import WATCH_SHIFTS, scroll_to_the_end, shifts
from .serving import ROOT, served

pytestmark = pytest.mark.browser

# Everything that a phone fetches for the front page, with the headers of the answers: at one pixel
# of the screen for each of the page, and at two, where it takes the files of twice the width.
BYTES = {1: 250_000, 2: 480_000}
FILES = {1: "480.avif", 2: "960.avif"}
PHONE = {"width": 375, "height": 812}
NOISY = ROOT / "tests" / "browser" / "noisy.py"
PICTURED = ("home", "list", "update", "pictures-in-text", "gallery", "page")
LOADED = "one => one.complete && one.naturalWidth > 0"


@pytest.fixture(scope="module")
def noisy(browser_type_launch_args):
    """A site with six noisy photos on its front page."""
    with served(world=NOISY) as site:
        yield site


def weighed(context):
    """A page of `context` and the bytes that come over the wire for it: address → bytes."""
    page, told, sizes = context.new_page(), {}, {}
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda e: told.update({e["requestId"]: e["response"]}))

    def arrived(event):
        url = told[event["requestId"]]["url"]
        sizes[url] = sizes.get(url, 0) + event["encodedDataLength"]

    wire.on("Network.loadingFinished", arrived)
    return page, sizes


# What it weighs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", BYTES)
def test_six_noisy_photos_are_within_the_budget_of_a_phone(noisy, new_context, scale):
    context = new_context(base_url=noisy.url, viewport=PHONE, device_scale_factor=scale)
    context.add_init_script(f"({WATCH_SHIFTS})()")
    page, sizes = weighed(context)
    page.goto("/en/", wait_until="networkidle")
    scroll_to_the_end(page)

    photos = {url: size for url, size in sizes.items() if "/media/" in url}
    print(f"scale {scale}: {sum(sizes.values())} bytes, {sorted(photos.values())} of them photos")
    assert len(photos) == page.locator("main img").count() == 6
    assert {url.rsplit("-", 1)[1] for url in photos} == {FILES[scale]}
    assert sum(sizes.values()) < BYTES[scale], sizes
    assert shifts(page) == []


def test_only_what_is_seen_is_fetched(noisy, new_context):
    page, sizes = weighed(new_context(base_url=noisy.url, viewport=PHONE))
    page.goto("/en/", wait_until="networkidle")

    assert 0 < sum("/media/" in url for url in sizes) < 6


# Nothing jumps ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", PICTURED)
def test_nothing_jumps_while_pictures_are_on_their_way(site, new_context, kind, size):
    context = new_context(base_url=site.url, viewport=size)
    context.add_init_script(f"({WATCH_SHIFTS})()")
    page = context.new_page()
    page.route("**/media/**", lambda route: (page.wait_for_timeout(150), route.continue_()))
    page.goto(site.path(kind, "fr"))
    scroll_to_the_end(page)

    assert page.locator("main img").count() > 0
    assert shifts(page) == []


# Each as large as its place ---------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 375, 600, 768, 800, 1024, 1280, 1600])
@pytest.mark.parametrize("kind", PICTURED)
def test_the_page_says_truly_how_wide_its_pictures_are(site, new_context, kind, width):
    page = new_context(base_url=site.url, viewport={"width": width, "height": 900}).new_page()
    page.goto(site.path(kind, "en"))
    scroll_to_the_end(page)

    # A browser takes `sizes` for the natural width of what it chose out of a `srcset`.
    found = page.locator("main img").evaluate_all(
        "all => all.map((one) => [one.naturalWidth, one.getBoundingClientRect().width])"
    )
    assert found
    assert [pair for pair in found if abs(pair[0] / pair[1] - 1) > 0.06] == []


# They are there ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PICTURED)
def test_pictures_are_there_without_scripts(site, new_context, kind):
    page = new_context(base_url=site.url, java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(site.path(kind, "en"))
    for image in page.locator("main img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_be_visible()
        page.wait_for_load_state("networkidle")

    assert page.locator("main img").evaluate_all(f"all => all.every({LOADED})")


@pytest.mark.parametrize("kind", ["home", "list"])
def test_the_picture_of_a_card_leads_where_its_title_leads(site, new_context, kind):
    page = new_context(base_url=site.url, java_script_enabled=False).new_page()
    page.goto(site.path(kind, "en"))
    card = page.locator(".card-pictured").first
    wanted = card.locator(".card-title a").get_attribute("href")
    card.locator("img").scroll_into_view_if_needed()
    picture = card.locator("img").bounding_box()
    page.mouse.click(picture["x"] + picture["width"] / 2, picture["y"] + picture["height"] / 2)

    expect(page).to_have_url(site.url + wanted)


def test_a_gallery_leads_to_the_whole_picture_and_back(site, new_context, watch):
    context = watch.on(new_context(base_url=site.url, java_script_enabled=False))
    page = context.new_page()
    page.goto(site.path("gallery", "fr"))
    link = page.locator(".gallery a").first
    alt = link.locator("img").get_attribute("alt")
    page.get_by_role("link", name=alt).press("Enter")

    expect(page).to_have_url(site.url + link_of(page))
    assert page.locator("img").evaluate(LOADED)
    page.go_back()
    expect(page.locator(".gallery")).to_be_visible()
    # A file is sent to be nothing but itself; the style that a browser would show it in is refused.
    assert [line for line in watch.errors if "/media/" not in line] == []


def link_of(page) -> str:
    return "/media/" + page.url.split("/media/")[-1]


def test_on_paper_a_picture_leaves_room_for_the_text(site, new_context):
    page = new_context(base_url=site.url, viewport={"width": 700, "height": 1000}).new_page()
    page.goto(site.path("pictures-in-text", "en"))
    scroll_to_the_end(page)
    page.emulate_media(media="print")

    heights = page.locator("main img").evaluate_all("all => all.map((one) => one.offsetHeight)")
    # 100 mm, at 96 pixels an inch.
    assert [height for height in heights if not 50 < height <= 379] == []
    expect(page.locator("figcaption").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_on_nothing_is_not_lost_in_the_dark(site, new_context, scheme):
    page = new_context(base_url=site.url, color_scheme=scheme).new_page()
    page.goto(site.path("gallery", "en"))
    image = page.locator(".gallery img").first
    image.evaluate("one => one.classList.add('picture-clear')")

    # The newsprint of the light scheme, which such drawings were made for.
    colour = image.evaluate("one => getComputedStyle(one).backgroundColor")
    assert colour == "rgb(243, 242, 237)"
