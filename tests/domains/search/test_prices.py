"""Price limits are read from words, and nothing else is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.test_number_words import vietnamese
from tests.measurement_data import measurement_data
from vici.apps.cli.evaluate.filters import read_words
from vici.apps.cli.evaluate.rows import read_rows
from vici.domains.search.rules.prices import read_prices, without
from vici.kit.text import folded

MILLION = 1_000_000


def limits(low: float | None, high: float | None, currency: str | None = "vnd") -> dict[str, float | str]:
    facts = {"price_min": low, "price_max": high, "currency": currency}
    return {name: value for name, value in facts.items() if value is not None}


@pytest.mark.parametrize(
    ("query", "rest", "expected"),
    [
        ("laptop dưới 20 triệu", "laptop", limits(None, 20 * MILLION)),
        ("laptop duoi 20tr", "laptop", limits(None, 20 * MILLION)),
        ("laptop tầm 20 triệu", "laptop", limits(17 * MILLION, 23 * MILLION)),
        ("tai nghe khoảng 500k", "tai nghe", limits(425_000, 575_000)),
        ("headphones around $100", "headphones", limits(85, 115, "usd")),
        ("laptop 15 triệu", "laptop", limits(12.75 * MILLION, 17.25 * MILLION)),
        ("ssd 1tr2 trở xuống", "ssd", limits(None, 1.2 * MILLION)),
        ("1 triệu 200 nghìn trở xuống", "", limits(None, 1.2 * MILLION)),
        ("dưới 2 triệu 5", "", limits(None, 2.5 * MILLION)),
        ("màn hình 27 inch dưới 5 triệu rưỡi", "màn hình 27 inch", limits(None, 5.5 * MILLION)),
        ("laptop từ 5 đến 10 triệu", "laptop", limits(5 * MILLION, 10 * MILLION)),
        ("ram 8gb 500-700k", "ram 8gb", limits(500_000, 700_000)),
        ("ban phim co 800k - 1tr2", "ban phim co", limits(800_000, 1.2 * MILLION)),
        ("laptop trên 5 triệu dưới 10 triệu", "laptop", limits(5 * MILLION, 10 * MILLION)),
        ("laptop hai mươi triệu", "laptop", limits(17 * MILLION, 23 * MILLION)),
        ("dong ho duoi 2500000d", "dong ho", limits(None, 2.5 * MILLION)),
        ("ốp lưng iphone 15 dưới 100 ngàn", "ốp lưng iphone 15", limits(None, 100_000)),
        ("ghế văn phòng giá 1tr5", "ghế văn phòng", limits(1_275_000, 1_725_000)),
        ("laptop với mức giá dưới 10tr", "laptop", limits(None, 10 * MILLION)),
        ("laptop cũ 5 củ", "laptop cũ", limits(4.25 * MILLION, 5.75 * MILLION)),
        ("phone up to 20 million", "phone", limits(None, 20 * MILLION, None)),
        ("monitor 144hz under 200 with hdmi", "monitor 144hz with hdmi", limits(None, 200, None)),
        ("headset for less than 40 bucks", "headset", limits(None, 40, "usd")),
        ("tv between $300 and $500", "tv", limits(300, 500, "usd")),
        ("under armour shoes under $60", "under armour shoes", limits(None, 60, "usd")),
        ("camera $400+", "camera", limits(400, None, "usd")),
        ("under $1,299.99 macbook", "macbook", limits(None, 1299.99, "usd")),
        ("loa >= 2 triệu", "loa", limits(2 * MILLION, None)),
        ("shoes for under £40", "shoes", limits(None, 40, "gbp")),
        ("laptop hai mươi lăm triệu", "laptop", limits(21.25 * MILLION, 28.75 * MILLION)),
        ("tivi dưới mười lăm triệu", "tivi", limits(None, 15 * MILLION)),
        ("tivi duoi muoi lam trieu", "tivi", limits(None, 15 * MILLION)),
        ("điện thoại dưới tư triệu rưỡi", "điện thoại", limits(None, 4.5 * MILLION)),
        ("tai nghe dưới triệu rưỡi", "tai nghe", limits(None, 1.5 * MILLION)),
        ("điện thoại từ hai đến ba triệu", "điện thoại", limits(2 * MILLION, 3 * MILLION)),
        ("điện thoại hai ba triệu", "điện thoại", limits(2 * MILLION, 3 * MILLION)),
        ("giày dưới một triệu hai trăm năm mươi nghìn", "giày", limits(None, 1.25 * MILLION)),
        ("giày dưới hai triệu năm trăm", "giày", limits(None, 2.5 * MILLION)),
        ("áo nam ba trăm nghìn", "áo nam", limits(255_000, 345_000)),
        ("ao nam duoi ba tram nghin", "ao nam", limits(None, 300_000)),
        ("áo dưới hai trăm rưỡi", "áo", limits(None, 250, None)),
        ("phone under twenty five million", "phone", limits(None, 25 * MILLION, None)),
        ("headphones under two hundred and fifty dollars", "headphones", limits(None, 250, "usd")),
        ("phone under two and a half million", "phone", limits(None, 2.5 * MILLION, None)),
        ("tivi trên 5 triệu đến 7 triệu", "tivi", limits(5 * MILLION, 7 * MILLION)),
        ("tivi trên 5 đến 7 triệu", "tivi", limits(5 * MILLION, 7 * MILLION)),
        ("tivi hơn năm triệu tới bảy triệu", "tivi", limits(5 * MILLION, 7 * MILLION)),
        ("tv from 5 to 7 million", "tv", limits(5 * MILLION, 7 * MILLION, None)),
        ("tv over 5 to 7m", "tv", limits(5 * MILLION, 7 * MILLION, None)),
        ("tv over $300 to $500", "tv", limits(300, 500, "usd")),
        ("rice cooker above 1.5 million and below 3 million", "rice cooker", limits(1.5 * MILLION, 3 * MILLION, None)),
    ],
)
def test_limits_are_read_in_every_way_people_write_them(
    query: str, rest: str, expected: dict[str, float | str]
) -> None:
    assert read_words(query) == (rest, expected)


@pytest.mark.parametrize(
    "query",
    [
        "iphone 15 pro max 256gb", "samsung a54 5g", "7 up 330ml", "under armour shirt", "laptop under 2kg",
        "tv under 32 inches", "máy giặt trên 10kg", "tủ lạnh dưới 300 lít", "sách thiếu nhi dưới 6 tuổi", "giày cỡ 42",
        "giá sách gỗ", "giá đỡ laptop", "iphone 12 cu", "pin 20k mah", "canon eos 1500d", "đèn 3000k", "usb 3.0 hub",
        "4 to 6 people tent", "size 6-8 dress", "ssd 500gb - 1tb", "models from 2006 - 2012", "tn-2110 toner",
        "ps5 500 games",
        "quạt dưới 50w", "bàn phím từ cơ", "over ear headphones", "gift card 25", "playstation 4", "1920x1080 monitor",
        "pick a size between 10.5 and 11", "hdmi cable under 7m", "dây điện dưới 7m", "áo nam", "hai ba cái áo",
        "tủ tư liệu", "one piece swimsuit", "set of two", "bảo hành hai năm", "under one roof",
    ],
)  # fmt: skip
def test_measures_models_and_names_are_no_prices(query: str) -> None:
    assert read_words(query) == (query, {})


def test_the_written_examples_are_read_as_expected() -> None:
    rows = read_rows(measurement_data() / "dev/filters_handwritten.jsonl", ("query", "rest", "filters"))
    assert [(row["query"], *read_words(row["query"])) for row in rows] == [
        (row["query"], row["rest"], row["filters"]) for row in rows
    ]


def test_next_to_nothing_is_read_from_requests_without_a_price() -> None:
    goals = read_rows(measurement_data() / "dev/shopping_goals_webshop.csv.gz", ("goal",))
    wrong = [row["goal"] for row in goals if read_words(row["goal"])[1]]
    assert len(wrong) / len(goals) < 0.001, wrong


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=120))
def test_any_text_is_read_without_fault_and_only_where_it_says(text: str) -> None:
    prices = read_prices(text)
    for price in prices:
        assert price.start < price.end
        assert price.low is None or price.high is None or price.low <= price.high
    assert all(one.end <= other.start for one, other in pairwise(prices))
    without(text, [(price.start, price.end) for price in prices])


@given(
    st.integers(1, 999), st.sampled_from([("nghìn", 1000), ("triệu", MILLION), ("tỷ", 1000 * MILLION)]), st.booleans()
)
def test_an_amount_in_words_is_that_in_figures(number: int, unit: tuple[str, int], half: bool) -> None:
    said = f"loa dưới {vietnamese(number)} {unit[0]}{' rưỡi' if half else ''}"
    expected = ("loa", limits(None, number * unit[1] + half * unit[1] // 2))
    assert read_words(said) == expected
    assert read_words(folded(said)) == expected


@given(
    st.integers(1, 999), st.sampled_from(["k", " nghìn", "tr", " triệu", " trieu"]), st.sampled_from(["dưới", "duoi"])
)
def test_an_upper_limit_is_its_number_times_its_unit(number: int, unit: str, word: str) -> None:
    times = 1000 if unit in ("k", " nghìn") else MILLION
    _, read = read_words(f"loa {word} {number}{unit}")
    assert read["price_max"] == number * times
