"""Whose products they are, where the rows do not say."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.import_catalog.shops import Stand, imported, stand


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Stand]:
    async with stand(tmp_path) as opened:
        yield opened


async def test_the_shop_of_rows_that_name_none_is_called_anew_only_where_that_is_asked(
    shop: Stand, tmp_path: Path
) -> None:
    path = tmp_path / "tea.csv"
    path.write_text("Mã SP,Tên hàng,Giá\ntea,Trà,65k\n")
    await imported(shop, path)
    assert (await shop.products())["tea"].shop_name == "Vici"
    await imported(shop, path, main_shop_name="Trà Bảo Lộc")
    assert (await shop.products())["tea"].shop_name == "Vici"
    done = await imported(shop, path, main_shop_name="Trà Bảo Lộc", rename_main_shop=True)
    assert (await shop.products())["tea"].shop_name == "Trà Bảo Lộc"
    assert done.report.recognised_columns == {
        "Mã SP": "product_id",
        "Tên hàng": "product_name",
        "Giá": "original_price",
    }
