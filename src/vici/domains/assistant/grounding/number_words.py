"""What numbers are multiplied by and counted in, in Vietnamese and English."""

from collections.abc import Mapping

# Folded. What multiplies the number before it; those of money alone say that money is meant.
SCALES = {
    **dict.fromkeys(["nghin", "ngan", "thousand"], 1_000),
    **dict.fromkeys(["trieu", "tr", "million", "mil", "mio"], 1_000_000),
    **dict.fromkeys(["ty", "ti", "billion", "bn"], 1_000_000_000),
    "k": 1_000,
    "cu": 1_000_000,
}
CURRENCIES = {
    **dict.fromkeys(["₫", "vnd", "vnđ", "đ", "đồng", "dong"], "VND"),
    **dict.fromkeys(["$", "us$", "usd", "dollar", "dollars", "buck", "bucks", "đô", "đôla", "usdt"], "USD"),
    **dict.fromkeys(["€", "eur", "euro", "euros"], "EUR"),
    **dict.fromkeys(["£", "gbp", "pound", "pounds", "quid"], "GBP"),
    **dict.fromkeys(["¥", "jpy", "yen"], "JPY"),
}

# Spelt as here: giày is a shoe, thắng to win.
DURATIONS: Mapping[str, str] = {
    **dict.fromkeys(["giây", "giay", "second", "seconds", "sec"], "second"),
    **dict.fromkeys(["phút", "phut", "minute", "minutes", "min", "mins"], "minute"),
    **dict.fromkeys(["tiếng", "tieng", "hour", "hours", "hr", "hrs"], "hour"),
    **dict.fromkeys(["ngày", "ngay", "hôm", "day", "days"], "day"),
    **dict.fromkeys(["tuần", "tuan", "week", "weeks"], "week"),
    **dict.fromkeys(["tháng", "thang", "month", "months"], "month"),
    **dict.fromkeys(["năm", "nam", "year", "years", "yr", "yrs"], "year"),
}
# Folded. One of what is sold, counted.
_PIECES = "chiec cai san mon bo doi quyen cuon hop chai may piece pieces unit units item items pair pairs"
PIECES = frozenset(_PIECES.split())
PERCENT = frozenset({"%", "percent", "pct", "phan"})  # phần trăm

WEEKDAYS: Mapping[str, int] = {
    **dict.fromkeys(["thu hai", "thu 2", "monday", "mondays"], 1),
    **dict.fromkeys(["thu ba", "thu 3", "tuesday", "tuesdays"], 2),
    **dict.fromkeys(["thu tu", "thu 4", "wednesday", "wednesdays"], 3),
    **dict.fromkeys(["thu nam", "thu 5", "thursday", "thursdays"], 4),
    **dict.fromkeys(["thu sau", "thu 6", "friday", "fridays"], 5),
    **dict.fromkeys(["thu bay", "thu 7", "saturday", "saturdays"], 6),
    **dict.fromkeys(["chu nhat", "sunday", "sundays"], 7),
}
