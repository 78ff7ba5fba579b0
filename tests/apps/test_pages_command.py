"""`vici pages` and `vici images`, as a person or a script meets them."""

from pathlib import Path

from tests.apps.conftest import Vici

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def test_pages_are_put_in_told_and_written_out_again(vici: Vici, tmp_path: Path) -> None:
    folder = tmp_path / "my-pages"
    folder.mkdir()
    (folder / "delivery.vi.md").write_text("\ufeff# Giao hàng\r\n\r\nGiao trong **hai ngày**.\r\n")
    (folder / "delivery.en.md").write_text("# Delivery\n\n## How long\n\nTwo days.\n")
    (folder / "notes.txt").write_text("not a page")
    ran = vici("pages", "import", "my-pages", "--data", "shop", "--dry-run")
    assert (ran.code, "2 would be created: delivery.en.md, delivery.vi.md" in ran.out) == (0, True)
    assert not (tmp_path / "shop").exists()
    assert vici("pages", "import", "my-pages", "--data", "shop", "--json").answer["created"] == [
        "delivery.en.md",
        "delivery.vi.md",
    ]
    (folder / "delivery.en.md").write_text("# Delivery\n\nThree days.\n")
    again = vici("pages", "import", "my-pages", "--data", "shop")
    assert "1 updated: delivery.en.md\n1 unchanged, 0 rejected." in again.out
    said = vici("pages", "export", "out", "--data", "shop")
    assert (said.code, said.out) == (0, "2 pages: out\n")
    assert (tmp_path / "out" / "delivery.en.md").read_text() == "# Delivery\n\nThree days.\n"
    assert "2 unchanged" in vici("pages", "import", "out", "--data", "shop").out


def test_a_file_that_is_no_page_is_told_with_the_reason_and_the_others_go_on(vici: Vici, tmp_path: Path) -> None:
    folder = tmp_path / "my-pages"
    folder.mkdir()
    for name, content in {
        "returns.en.md": b"# Returns\n\nWithin 30 days.\n",
        "delivery.md": b"# Delivery\n\nTwo days.\n",
        "delivery.vn.md": b"# Giao\n\nHai ng\xc3\xa0y.\n",
        "privacy.vi.md": b"# Ri\xeang t\xb0\n\nx\n",
        "warranty.vi.md": b"Mot nam.\n",
        "payment.vi.md": b"# Thanh toan\n\n",
        "contact.vi.md": b"# " + b"x" * 301 + b"\n\ny\n",
    }.items():
        (folder / name).write_bytes(content)
    ran = vici("pages", "import", "my-pages", "--data", "shop", "--json")
    assert (ran.code, ran.answer["created"]) == (1, ["returns.en.md"])
    told = {each["file"]: each["reason"] for each in ran.answer["rejected"]}
    assert "delivery.vi.md" in told["delivery.md"]
    assert "vi or en" in told["delivery.vn.md"]
    assert "UTF-8" in told["privacy.vi.md"]
    assert "title" in told["warranty.vi.md"]
    assert "nothing below" in told["payment.vi.md"]
    assert "its title cannot be taken" in told["contact.vi.md"]
    shown = vici("pages", "import", "my-pages", "--data", "shop")
    assert "delivery.md: its name must say" in shown.out


def test_a_folder_without_pages_or_pictures_leaves_no_shop(vici: Vici, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for what in ("pages", "images"):
        for folder in ("none", "empty"):
            ran = vici(what, "import", folder, "--data", "shop")
            assert (ran.code, ran.err.count("\n"), folder in ran.err) == (1, 1, True)
    assert not (tmp_path / "shop").exists()
    assert "no shop" in vici("pages", "export", "out", "--data", "shop").err


def test_pictures_are_put_where_products_name_them(vici: Vici, tmp_path: Path) -> None:
    (tmp_path / "photos" / "tea").mkdir(parents=True)
    (tmp_path / "photos" / ".thumbs").mkdir()
    for name, content in {
        "tea/1.png": PNG,
        "trà sen.PNG": PNG,
        ".thumbs/1.png": PNG,
        "2.jpg": PNG,
        "page.svg": b"<html><svg></html>",
        "list.csv": b"a,b\n",
    }.items():
        (tmp_path / "photos" / name).write_bytes(content)
    ran = vici("images", "import", "photos", "--data", "shop", "--json")
    assert ran.code == 1
    assert ran.answer["addresses"] == {
        "tea/1.png": "/images/tea/1.png",
        "trà sen.PNG": "/images/tr%C3%A0%20sen.PNG",
    }
    told = {each["file"]: each["reason"] for each in ran.answer["rejected"]}
    assert set(told) == {"2.jpg", "page.svg", "list.csv"}
    assert told["2.jpg"] == "its name must end in .png, for that is what it is"
    assert (tmp_path / "shop" / "blobs" / "tea" / "1.png").read_bytes() == PNG
    said = vici("images", "import", "photos", "--data", "shop").out
    assert "trà sen.PNG is called /images/tr%C3%A0%20sen.PNG" in said
    assert "2 pictures put at /images/, 3 rejected." in said
