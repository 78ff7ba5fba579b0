"""An import is killed at any moment: what is there is whole, and running it again ends as if nothing had happened."""

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.flows.import_catalog.shops import Stand, imported, stand
from vici.domains.catalog.events import ProductChanged
from vici.flows.export_catalog import export_catalog
from vici.flows.import_catalog import ImportOptions, Progress, import_catalog

ROWS = 6000


def catalogue(path: Path) -> Path:
    """Two rows a product, so that a kill can fall between them."""
    with path.open("w") as file:
        for number in range(ROWS // 2):
            for size in "ML":
                row = {"product_id": f"p{number:05}", "product_name": f"Áo {number}", "price": 1000 + number}
                row |= {"options": {"Cỡ": size}, "count": number % 7, "category1": f"Loại {number % 50}"}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


async def run(folder: Path, file: Path) -> None:
    def tell(progress: Progress) -> None:
        sys.stdout.write(f"{progress.rows}\n")
        sys.stdout.flush()

    async with stand(folder) as shop:
        await import_catalog(shop.catalog, shop.inventory, file, ImportOptions(), tell)


def killed(folder: Path, file: Path, rows: int, seconds: float) -> bool:
    """Import until so many rows are reported, and a moment longer. False if it was done before it could be killed."""
    process = subprocess.Popen([sys.executable, "-m", __name__, str(folder), str(file)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= rows:
            break
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return process.returncode == -signal.SIGKILL


async def check_whole(shop: Stand) -> int:
    """Every product has its codes and was announced once. Tells how many there are."""

    def read(connection: object) -> tuple[dict[str, int], dict[str, int], list[str]]:
        execute = connection.exec_driver_sql  # type: ignore[attr-defined]
        products = {row[0]: row[1] for row in execute("SELECT product_id, version FROM products")}
        codes = {row[0]: row[1] for row in execute("SELECT product_id, count(*) FROM product_codes GROUP BY 1")}
        return products, codes, [row[0] for row in execute("SELECT body FROM outbox")]

    products, codes, bodies = await shop.databases[0].read(read)
    assert codes == dict.fromkeys(products, 2)
    assert set(products.values()) <= {1}
    events = [ProductChanged.model_validate_json(body) for body in bodies]
    assert sorted(event.product_id for event in events) == sorted(products)
    return len(products)


async def test_a_killed_import_is_whole_as_far_as_it_came_and_goes_on(tmp_path: Path) -> None:
    file = catalogue(tmp_path / "all.jsonl")
    chance = random.Random(7)
    there = kills = 0
    for rows in (500, 1500, 3000):
        kills += await asyncio.to_thread(killed, tmp_path / "shop", file, rows, chance.uniform(0, 0.02))
        async with stand(tmp_path / "shop") as shop:
            now = await check_whole(shop)
        assert now >= max(there, rows // 2 - 1)
        there = now
    assert kills
    async with stand(tmp_path / "shop") as shop, stand(tmp_path / "other") as other:
        done = await imported(shop, file)
        assert done.counts == (ROWS // 2 - there, 0, there, 0)
        assert await check_whole(shop) == ROWS // 2
        await imported(other, file)
        await export_catalog(shop.catalog, shop.inventory, tmp_path / "killed.csv")
        await export_catalog(other.catalog, other.inventory, tmp_path / "clean.csv")
    assert (tmp_path / "killed.csv").read_bytes() == (tmp_path / "clean.csv").read_bytes()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), Path(sys.argv[2])))
