from __future__ import annotations

import pytest

from core.html import losses

NAMED = [
    (None, []),
    ("<p>a <b>b</b></p><h1>c</h1><ul><li>d</ul>", []),
    ("&lt;table&gt;", []),
    ("<table><tr><td>a</table><table></table>", ["table"]),
    ("<p><img src=x></p>", ["image"]),
    ('<p><img src="ref:pictures.picture/7"></p>', []),
    ('<img src="ref:pictures.picture/7"><img src="ref:pictures.picture/7#x">', ["image"]),
    ("<img src=https://x.example/y.png>", ["image"]),
    ("<img>", ["image"]),
    ("<svg></svg>", ["image"]),
    ("<iframe src=x></iframe><object></object><embed>", ["embed"]),
    ("<script>x</script><video></video><audio></audio>", ["audio", "script", "video"]),
    ("<form><input><select></select></form>", ["form"]),
    ("<math></math>", ["formula"]),
    ("<del>a</del>", ["strikethrough"]),
    ("<ol start=4><li>a</ol>", ["numbering"]),
    ("<ol start=1><li>a</ol>", []),
    ("<a href=https://x.example>a</a><a name=b>b</a>", []),
    ("<a href=javascript:x>a</a>", ["link"]),
    ("<a href=page.html>a</a>", ["link"]),
    ("\x00\ud800<img>", ["image"]),
]


@pytest.mark.parametrize(("html", "names"), NAMED)
def test_what_cannot_be_carried_is_named(html, names):
    assert losses(html) == names
