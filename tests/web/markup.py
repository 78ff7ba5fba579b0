"""What a browser would make of a page."""

from html.parser import HTMLParser
from typing import NamedTuple


class Tag(NamedTuple):
    name: str
    attributes: dict[str, str]


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.text = ""
        self.raw: list[tuple[Tag, str]] = []
        """Scripts and styles with their content."""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))
        if tag in ("script", "style"):
            self.raw.append((self.tags[-1], ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is not None:
            tag, content = self.raw[-1]
            self.raw[-1] = (tag, content + data)
        else:
            self.text += data

    def all(self, name: str) -> list[dict[str, str]]:
        return [tag.attributes for tag in self.tags if tag.name == name]

    def links(self) -> list[str]:
        return [each["href"] for each in self.all("a") if "href" in each]

    def link(self, text_part: str) -> str:
        """The address of the only link whose label or address holds this."""
        found = [
            each["href"]
            for each in self.all("a")
            if text_part in each.get("aria-label", "") or text_part in each.get("href", "")
        ]
        assert len(set(found)) == 1, found
        return found[0]


def faults_of_policy(page: Page) -> list[str]:
    """What `script-src 'self'; style-src 'self'` would refuse, as a browser would read the page."""
    faults = []
    for name, attributes in page.tags:
        faults += [f"<{name} {each}>" for each in attributes if each.startswith("on") or each == "style"]
        faults += [
            f"<{name} {each}={attributes[each]}>"
            for each in ("href", "src", "action", "formaction")
            if attributes.get(each, "").strip().lower().startswith(("javascript:", "data:text"))
        ]
    for (name, attributes), _ in page.raw:
        is_data = attributes.get("type") == "application/ld+json"
        if name == "style" or ("src" not in attributes and not is_data):
            faults.append(f"inline <{name}>")
        if attributes.get("src", "/").startswith("//") or not attributes.get("src", "/").startswith("/"):
            faults.append(f"script from elsewhere: {attributes['src']}")
    return faults
