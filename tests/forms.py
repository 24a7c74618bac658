"""What a browser would post: the fields of a page's form, as they were shown, with some changes."""

from __future__ import annotations

from lxml import html


def shown(response, form_id: str) -> dict[str, list[str]]:
    """The names and values of the form `form_id` on a page, as a browser would send them."""
    [form] = html.fromstring(response.text).xpath(f'//form[@id="{form_id}"]')
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        # A browser drops the line break that Django writes before a text area's text.
        fields.setdefault(name, []).append(value.removeprefix("\n"))
    return fields


def post(client, response, form_id: str = "bulletin_form", button: str = "_continue", **changes):
    """Send the form of a page back with some fields changed, by one of its buttons."""
    fields = shown(response, form_id) | changes | {button: "x"}
    return client.post(response.request["PATH_INFO"], fields)
