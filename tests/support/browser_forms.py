"""What a browser would send of the form on a page, as it stands."""

from html.parser import HTMLParser


def as_sent(html: str, **more: object) -> dict[str, object]:
    """The fields of the page's last posted form; `more` is typed or chosen over them."""
    reader = _Reader()
    reader.feed(html)
    return {**{name: text for name, text in reader.sent.items() if name != "csrfmiddlewaretoken"}, **more}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._inside = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("method") == "post"
            self.sent = {} if self._inside else self.sent
        if not self._inside:
            return
        name = given.get("name") or ""
        if tag == "input" and given.get("type") != "file":
            is_box = given.get("type") in {"radio", "checkbox"}
            if not is_box or "checked" in given:
                self.sent[name] = given.get("value", "on" if is_box else "")
        elif tag == "textarea":
            self._area = name
            self.sent[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.sent):
            self.sent[self._select] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            # The line that HTML drops after the opening tag.
            self.sent[self._area] = self.sent[self._area].removeprefix("\r\n").removeprefix("\n")
            self._area = ""
        if tag == "form":
            self._inside = False

    def handle_data(self, data):
        if self._area:
            self.sent[self._area] += data
