"""Forms of the admin, as a browser fills and sends them."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects what a browser would send back if the form on a page were saved as it is."""

    def __init__(self):
        super().__init__()
        self.sent, self.inside, self.select, self.textarea = {}, False, "", ""

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name") or ""
        if tag == "form":
            self.inside = given.get("id", "").endswith("_form")
        elif not self.inside or "__prefix__" in name:
            return
        elif tag == "option" and self.select and "selected" in given:
            # Of a choice of one, the last selected one counts; of several, all.
            self.sent[self.select] = [*self.sent.get(self.select, []), given.get("value", "")]
        elif tag in ("select", "textarea"):
            setattr(self, tag, name)
        elif name and given.get("type") == "checkbox":
            self.sent |= {name: "on"} if "checked" in given else {}
        elif name and tag == "input" and given["type"] != "submit":
            self.sent[name] = given.get("value", "")

    def handle_data(self, data):
        if self.textarea:
            self.sent[self.textarea] = data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            setattr(self, tag, "")


def typed(page):
    reader = FormReader()
    reader.feed(page.text)
    return reader.sent


def send(client, url, **values):
    """Open the form at `url`, change `values` in it, and save it; None takes a field out."""
    data = typed(client.get(url)) | values
    return client.post(url, {name: value for name, value in data.items() if value is not None})
