"""Every address of a picture, asked for by somebody."""

from __future__ import annotations

from pictures.models import Picture


def every(picture: Picture, *, is_private: bool = False) -> list[str]:
    return [
        picture.address(rendition["width"], format, is_private=is_private)
        for rendition in picture.renditions
        for format in rendition["files"]
    ]


def answers(client, addresses: list[str]) -> set[int]:
    """The statuses of all of them. There has to be something to ask for."""
    assert addresses
    return {client.get(address).status_code for address in addresses}
