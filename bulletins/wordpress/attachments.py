"""The pictures that an export lists: WordPress keeps each as a record with a number of its own.

A site in several languages may have one record for each of them, all of one file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from urllib.parse import urlsplit

from bulletins.wordpress.fields import number
from bulletins.wordpress.images import Image
from bulletins.wordpress.uploads import Family, month_of, name_of
from bulletins.wordpress.wxr import Export, Post

_ENDINGS = {"avif", "gif", "heic", "heif", "jpeg", "jpg", "png", "webp"}
# What makes a picture of another: thumb.php?src=march.jpg.
_PROGRAMS = {"asp", "aspx", "cgi", "jsp", "php"}
_QUOTE = r"""(?:["'“”″«»]|\s)*"""
_IDS = re.compile(rf"\b(?:ids|include)\s*={_QUOTE}([\d,\s]+)", re.IGNORECASE)
_EXCLUDED = re.compile(rf"\bexclude\s*={_QUOTE}([\d,\s]+)", re.IGNORECASE)
_OF_POST = re.compile(rf"(?<![\w-])id\s*={_QUOTE}(\d+)", re.IGNORECASE)

# What tells two uploads of one name apart: the month, the family of the file's name.
_File = tuple[str, Family | None]


class Attachments:
    """The attachments of one export, by their numbers, their files and their posts."""

    def __init__(self, export: Export):
        found = [post for post in export.posts if post.kind == "attachment"]
        self._by_number = {post.id: post for post in found}
        self._by_file: dict[_File, list[Post]] = defaultdict(list)
        self._by_parent: dict[int | None, list[Post]] = defaultdict(list)
        for post in sorted(found, key=lambda post: post.id):
            if name_of(post.file):
                self._by_file[_file(post.file)].append(post)
            self._by_parent[post.parent].append(post)
        # Where the site keeps its files, be it on a server of its own.
        self.hosts = {host for post in found if (host := host_of(post.file))}

    def get(self, number: int | None) -> Post | None:
        return self._by_number.get(number)

    def file_of(self, image: Image) -> str:
        """The address of the file that an image shows, "" where nothing tells.

        Its own address comes first: whoever cuts a picture leaves its number as it was.
        """
        named = self.get(image.number)
        family = Family.of(name_of(image.address))
        if family and family.ending not in _PROGRAMS:
            return image.address
        return named.file if named else ""

    def of(self, image: Image) -> list[Post]:
        """All records of the file that an image shows: the one that it names comes first."""
        same = self._by_file.get(_file(self.file_of(image)), [])
        return sorted(same, key=lambda post: post.id != image.number)

    def numbers(self, image: Image) -> list[int]:
        """The numbers of these records, or its own, which another part of the export explains."""
        if found := self.of(image):
            return [post.id for post in found]
        family = Family.of(name_of(image.address))
        is_cut = family is not None and family != family.uncut
        is_unknown = image.number is not None and image.number not in self._by_number
        return [image.number] if is_unknown and not is_cut else []

    def gallery(self, post: Post, attributes: str) -> list[Image]:
        """What `[gallery]` with these attributes shows in `post`: the pictures it names, or those
        that were uploaded for the post."""
        attributes = unescape(attributes)
        if ids := _IDS.search(attributes):
            return [Image(number=one) for one in _numbers(ids[1])]
        of_post = _OF_POST.search(attributes)
        excluded = _EXCLUDED.search(attributes)
        without = _numbers(excluded[1]) if excluded else []
        parent = number(of_post[1]) if of_post else post.id
        found = self._by_parent.get(parent, [])
        return [Image(number=one.id) for one in found if _is_picture(one) and one.id not in without]


def _is_picture(attachment: Post) -> bool:
    family = Family.of(name_of(attachment.file))
    return family is not None and family.ending in _ENDINGS


def host_of(address: str) -> str:
    """The host in an address, "" where it names none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _file(address: str) -> _File:
    return month_of(address), Family.of(name_of(address))


def _numbers(text: str) -> list[int]:
    return [found for part in text.split(",") if (found := number(part))]
