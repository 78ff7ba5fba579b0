"""vici search"""

import asyncio
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from vici.apps.cli.options import Data, Json
from vici.kit.money import written
from vici.settings import read_settings


def command(
    words: Annotated[list[str], typer.Argument(help="What a shopper would type.")],
    data: Data = None,
    language: Annotated[str, typer.Option("--lang", help="Language of the names: vi or en.")] = "vi",
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many products to show.")] = 10,
    as_json: Json = False,
) -> None:
    """Search the shop's catalogue as a shopper would.

    Examples:

        vici search "tai nghe dưới 2 triệu"

        vici search --lang en --json wireless headphones under 50 dollars
    """
    from vici.domains.search.api import SearchProducts
    from vici.wiring import open_existing_shop

    settings = read_settings(data=data)
    try:
        request = SearchProducts(words=" ".join(words), language=language, limit=limit)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        raise typer.BadParameter(wrong["msg"], param_hint=str(wrong["loc"][0])) from None

    async def run() -> None:
        async with open_existing_shop(settings) as shop:
            results = await shop.search.search(request)
        if as_json:
            print(results.model_dump_json(indent=2))
            return
        console = Console()
        if results.correction:
            console.print(f"Searched for [bold]{results.correction.corrected}[/bold]", highlight=False)
        for chip in results.chips:
            console.print(f"[dim]{chip.words}[/dim] → {chip.label}", highlight=False)
        for relaxed in results.relaxed:
            console.print(f"Nothing fitted, so this was given up: {relaxed.label}", highlight=False)
        table = Table("Id", "Product", "Price", "Stock", box=None, pad_edge=False)
        for hit in results.hits:
            card = hit.card
            price = written(card.price_minor, card.currency, language)
            table.add_row(card.product_id, card.name, price, str(card.available) if card.in_stock else "—")
        console.print(table)
        console.print(f"{len(results.hits)} of {results.total}", highlight=False)

    asyncio.run(run())
