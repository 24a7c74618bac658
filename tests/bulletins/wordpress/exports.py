"""Exports for tests: the least that WordPress would write, with what a test is about."""

from __future__ import annotations

from html import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Harbour</title><link>{base}</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{base}</wp:base_blog_url>
"""


def export(*items: str, base: str = "https://old.example.org") -> bytes:
    """A whole export of `items`, each made by `post` or `listed`."""
    return "".join([HEAD.format(base=base), *items, "</channel></rss>"]).encode()


def listed(group: str, **numbers: int) -> str:
    """Polylang's own list of one group: listed("pll_a", fr=1, en=2)."""
    entries = "".join(f's:{len(code)}:"{code}";i:{number};' for code, number in numbers.items())
    return (
        "<wp:term><wp:term_taxonomy>post_translations</wp:term_taxonomy>"
        f"<wp:term_slug>{group}</wp:term_slug><wp:term_name>{group}</wp:term_name>"
        f"<wp:term_description>a:{len(numbers)}:{{{entries}}}</wp:term_description></wp:term>"
    )


def post(
    number: int,
    *,
    title: str | None = None,
    body: str = "Some words.",
    date: str = "2016-01-01 10:00:00",
    slug: str | None = None,
    link: str | None = None,
    language: str | None = "en",
    pair: str | None = None,
    categories: tuple[tuple[str, str], ...] = (),
    tags: tuple[str, ...] = (),
    old_slugs: tuple[str, ...] = (),
    kind: str = "post",
    status: str = "publish",
    password: str = "",
    sticky: bool = False,
    excerpt: str = "",
    comments: int = 0,
    parent: int | None = None,
    file: str = "",
    meta: tuple[tuple[str, str], ...] = (),
) -> str:
    """One item; `categories` are (nicename, name), `meta` are (key, value)."""
    slug = f"post-{number}" if slug is None else slug
    link = f"https://old.example.org/2016/01/01/{slug}/" if link is None else link
    terms = [("category", nicename, name) for nicename, name in categories]
    terms += [("post_tag", tag, tag) for tag in tags]
    terms += [("language", language, language)] if language else []
    terms += [("post_translations", pair, pair)] if pair else []
    meta = (*meta, *(("_wp_old_slug", old) for old in old_slugs))
    return "".join(
        [
            f"<item><title>{escape(f'Title {number}' if title is None else title)}</title>",
            f"<link>{escape(link)}</link><dc:creator>marge</dc:creator>",
            f"<content:encoded><![CDATA[{body}]]></content:encoded>",
            f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>",
            f"<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>{date}</wp:post_date_gmt>",
            f"<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status>",
            f"<wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password>",
            f"<wp:is_sticky>{int(sticky)}</wp:is_sticky>",
            *(
                f'<category domain="{domain}" nicename="{nicename}"><![CDATA[{name}]]></category>'
                for domain, nicename, name in terms
            ),
            f"<wp:post_parent>{parent or 0}</wp:post_parent>",
            f"<wp:attachment_url>{escape(file)}</wp:attachment_url>" if file else "",
            *(
                f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
                f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
                for key, value in meta
            ),
            "<wp:comment><wp:comment_author>Carl</wp:comment_author>"
            "<wp:comment_author_email>carl@secret.example</wp:comment_author_email>"
            "<wp:comment_content>I was there.</wp:comment_content></wp:comment>" * comments,
            "</item>",
        ]
    )


UPLOADS = "https://old.example.org/wp-content/uploads"


def attachment(
    number: int,
    file: str = "2015/08/march.jpg",
    *,
    alt: str = "",
    caption: str = "",
    language: str | None = None,
    status: str = "inherit",
    **fields,
) -> str:
    """A picture's own record; `file` is where it stands among the uploads."""
    return post(
        number,
        kind="attachment",
        file=f"{UPLOADS}/{file}",
        meta=(("_wp_attachment_image_alt", alt),) if alt else (),
        excerpt=caption,
        language=language,
        status=status,
        **fields,
    )


def img(file: str = "2015/08/march.jpg", **attributes) -> str:
    """A picture in a text; `number` is its attachment's."""
    if number := attributes.pop("number", None):
        attributes["class"] = f"alignleft wp-image-{number}"
    given = "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())
    return f'<img src="{escape(file if ":" in file else f"{UPLOADS}/{file}")}"{given} />'
