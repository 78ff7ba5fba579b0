"""The shop a command fills."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from vici.settings import Settings
from vici.wiring import NoShop, Shop, Work, open_existing_shop, open_shop


@asynccontextmanager
async def opened(settings: Settings, *, dry_run: bool, work: Work = Work.NOTHING) -> AsyncGenerator[Shop]:
    """The shop, made where there is none. For a dry run where there is none yet, one that is gone afterwards."""
    async with AsyncExitStack() as stack:
        if not dry_run:
            yield await stack.enter_async_context(open_shop(settings, work=work))
            return
        try:
            shop = await stack.enter_async_context(open_existing_shop(settings))
        except NoShop:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="vici-dry-run-")))
            elsewhere = settings.model_copy(update={"data": folder})
            shop = await stack.enter_async_context(open_shop(elsewhere, work=Work.NOTHING))
        yield shop
