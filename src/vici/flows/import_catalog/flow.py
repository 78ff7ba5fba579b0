"""The import: chunk by chunk, each written whole or not at all, so that it can be stopped anywhere and run again."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from vici.domains.catalog.api import (
    CatalogApi,
    CodeTaken,
    Everything,
    ListProducts,
    PutOutcome,
    PutProducts,
    Status,
    UpdateProduct,
)
from vici.domains.inventory.api import InventoryApi, Level, SetLevels
from vici.flows.import_catalog.drafts import ROWS_AT_ONCE, Drafted, Drafter, Reading
from vici.flows.import_catalog.faults import Fault, Rejected
from vici.flows.import_catalog.places import Places
from vici.flows.import_catalog.report import ImportReport, ImportStopped, Progress
from vici.flows.import_catalog.sources.files import open_file
from vici.flows.import_catalog.sources.query import Query, query_rows
from vici.flows.import_catalog.sources.rows import Row, Unreadable
from vici.kit.errors import Refusal

LEVELS_AT_ONCE = 5000
WAITING_MAX = 5000


@dataclass(frozen=True)
class ImportOptions:
    reading: Reading = field(default_factory=Reading)
    dry_run: bool = False
    """Say what would become of every row, and change nothing."""
    complete: bool = False
    """The source names everything its shops sell: what it leaves out is discontinued, unless a row was rejected."""
    main_shop_name: str = "Vici"
    """Of the shop that products belong to whose rows name none, when the import has to make it."""
    rename_main_shop: bool = False
    """Also when it is there and is called otherwise."""


class _Batch(NamedTuple):
    columns: tuple[str, ...] | None
    rows: Sequence[Row | Unreadable]
    share: float | None


async def import_catalog(
    catalog: CatalogApi,
    inventory: InventoryApi,
    source: Path | Query,
    options: ImportOptions,
    on_progress: Callable[[Progress], object] = lambda _: None,
    on_rejected: Callable[[Rejected], object] = lambda _: None,
) -> ImportReport:
    """Create or replace what the source names. Rows that cannot be taken are told to `on_rejected`, the others go on.

    Repeating it changes nothing, so after a fault (`ImportStopped`) it is simply run again. A source that cannot be
    read at all is refused before anything is written.
    """
    places = Places(
        await catalog.shops(Everything()),
        await catalog.categories(Everything()),
        options.main_shop_name,
        rename_main_shop=options.rename_main_shop,
    )
    running = _Import(catalog, inventory, options, places, on_rejected)
    report = running.report
    try:
        drafter: Drafter | None = None
        async with aclosing(_batches(source)) as batches:
            async for columns, rows, share in batches:
                drafter = drafter or Drafter(options.reading, columns, source)
                # In a thread, so that the shop around goes on serving, and indexing what was written.
                await running.take(await asyncio.to_thread(list, drafter.feed(rows)))
                report.rows += len(rows)
                report.language, report.ignored_columns = drafter.language, drafter.ignored
                report.recognised_columns = drafter.recognised
                on_progress(Progress(report.rows, report.rejected, share))
        if drafter is not None:
            await running.take(list(drafter.finish()))
        await running.take_waiting()
        if options.complete and not report.rejected:
            await running.discontinue_the_rest()
    except Refusal as refusal:
        if not report.rows:
            raise
        raise ImportStopped(rows=report.rows, reason=str(refusal)) from refusal
    return report


async def _batches(source: Path | Query) -> AsyncGenerator[_Batch]:
    if isinstance(source, Query):
        async with aclosing(query_rows(source, ROWS_AT_ONCE)) as found:
            async for columns, rows in found:
                yield _Batch(columns, rows, None)
        return
    with ExitStack() as stack:
        file = await asyncio.to_thread(stack.enter_context, open_file(source))
        yield _Batch(file.columns, (), 0.0)
        while rows := await asyncio.to_thread(list, islice(file.rows, ROWS_AT_ONCE)):
            yield _Batch(file.columns, rows, file.share_read())


class _Import:
    def __init__(
        self,
        catalog: CatalogApi,
        inventory: InventoryApi,
        options: ImportOptions,
        places: Places,
        on_rejected: Callable[[Rejected], object],
    ) -> None:
        self.report = ImportReport(dry_run=options.dry_run)
        self._catalog = catalog
        self._inventory = inventory
        self._options = options
        self._places = places
        self._on_rejected = on_rejected
        self._named: set[str] = set()
        """Every product of the source, when it is complete."""
        self._shops: set[str] = set()
        self._waiting: list[Drafted] = []
        """Products that name a variant another one has, which may give it back further down in the source."""

    async def take(self, made: Sequence[Drafted | Rejected]) -> None:
        for each in made:
            if isinstance(each, Rejected):
                self._reject(each)
        drafted = [each for each in made if isinstance(each, Drafted)]
        if not drafted:
            return
        if self._options.complete:
            self._named.update(each.draft.product_id for each in drafted)
            self._shops.update(each.draft.shop_id for each in drafted)
        await self._write(drafted)

    async def take_waiting(self) -> None:
        """Once everything else is written."""
        for start in range(0, len(self._waiting), ROWS_AT_ONCE):
            await self._write(self._waiting[start : start + ROWS_AT_ONCE], may_wait=False)

    async def _write(self, drafted: Sequence[Drafted], *, may_wait: bool = True) -> None:
        placed = self._places.place(drafted)
        dry_run = self._options.dry_run
        put = await self._catalog.put_products(
            PutProducts(shops=placed.shops, categories=placed.categories, products=placed.drafts, dry_run=dry_run)
        )
        if not dry_run:
            self._places.settle(placed)
        levels: list[Level] = []
        for each, result in zip(drafted, put.results, strict=True):
            match result.outcome:
                case PutOutcome.CREATED:
                    self.report.created += 1
                case PutOutcome.UPDATED:
                    self.report.updated += 1
                case PutOutcome.UNCHANGED:
                    self.report.unchanged += 1
                case PutOutcome.REFUSED:
                    if result.code == CodeTaken.code and may_wait and len(self._waiting) < WAITING_MAX:
                        self._waiting.append(each)
                        continue
                    self._reject(Rejected(result.product_id, (Fault(each.row, "", "", result.reason or ""),)))
                    continue
            levels += each.levels
        for start in range(0, 0 if dry_run else len(levels), LEVELS_AT_ONCE):
            counted = SetLevels(levels=tuple(levels[start : start + LEVELS_AT_ONCE]))
            self.report.levels_changed += len((await self._inventory.set_levels(counted)).levels)

    def _reject(self, rejected: Rejected) -> None:
        self.report.rejected += 1
        self._on_rejected(rejected)

    async def discontinue_the_rest(self) -> None:
        for shop_id in sorted(self._shops):
            cursor: str | None = None
            while True:
                page = await self._catalog.list_products(
                    ListProducts(shop_id=shop_id, status=Status.AVAILABLE, cursor=cursor, limit=200)
                )
                for product in page.items:
                    if product.product_id not in self._named:
                        self.report.discontinued += 1
                        if not self._options.dry_run:
                            ended = UpdateProduct(product_id=product.product_id, status=Status.DISCONTINUED)
                            await self._catalog.update_product(ended)
                cursor = page.next_cursor
                if cursor is None:
                    break
