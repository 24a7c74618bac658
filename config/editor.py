"""Where people write in the rich-text editor, and what a browser has to allow it there."""

from __future__ import annotations

# The rich-text editor writes one constant <style>; another version of it has another hash, and the
# browser tests fail on the message in the console.
STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
PLACES = ("/admin/", "/desk/")


class EditorStyle:
    """The admin and the desk allow the editor's style; no reader's page does.

    By address, so that neither has to know of the other, nor of the policy.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(PLACES):
            response._csp_update = {"style-src": [STYLE]}
        return response
