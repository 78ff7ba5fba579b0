"""vici serve"""

import asyncio
import gc
import signal
import socket
import sys
from contextlib import AsyncExitStack
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
import uvicorn
from rich.console import Console

from vici.apps.cli.options import Data
from vici.kit.errors import Refusal, Why
from vici.settings import Settings, read_settings

if TYPE_CHECKING:
    from vici.wiring import Shop

# Streams to shoppers end at once when asked; a request still running after this is cut.
STOP_SECONDS = 3
# Thinking about an answer holds the interpreter for milliseconds; accepting a message may not wait for the
# default slice of 5 ms.
SWITCH_SECONDS = 0.0005


class PortUnavailable(Refusal):
    code = "serve.port_unavailable"
    why = Why.UNAVAILABLE
    message = "Cannot listen on {host}:{port}: {reason}. Choose another with --port (or PORT= with make)."


def command(
    data: Data = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", envvar="VICI_HOST", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on.", envvar="VICI_PORT", show_default="8000")
    ] = None,
    demo: Annotated[
        bool | None,
        typer.Option("--demo/--no-demo", help="Build the demo shop in an empty data folder.", show_default="demo"),
    ] = None,
) -> None:
    """Serve the shop: storefront, chat and API in one process.

    Examples:

        vici serve

        vici serve --data /srv/shop --port 80 --host 0.0.0.0 --no-demo
    """
    settings = read_settings(data=data, host=host, port=port, demo=demo)
    from vici.infra.telemetry.logs import configure_logs

    configure_logs(settings.log_level)
    sys.setswitchinterval(SWITCH_SECONDS)
    with _listening(settings.host, settings.port) as listener, asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(settings, listener))


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # not made for every system
        return None
    return uvloop.Loop


def _listening(host: str, port: int) -> socket.socket:
    """Take the port before anything is opened, so that a busy one is told at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        raise PortUnavailable(host=host, port=port, reason=error.strerror or str(error)) from None
    return listener


async def _serve(settings: Settings, listener: socket.socket) -> None:
    from vici.apps.http.admin_token import admin_token
    from vici.apps.http.shop import shop_app
    from vici.wiring import open_shop

    async with AsyncExitStack() as stack:
        shop = await stack.enter_async_context(open_shop(settings))
        if settings.demo:
            await _build_demo_if_empty(shop)
        app = shop_app(shop, admin_token(settings))
        # What lives as long as the process is not looked through again at every collection.
        gc.collect()
        gc.freeze()
        server = _Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                forwarded_allow_ips=list(settings.trusted_proxies),
                timeout_graceful_shutdown=STOP_SECONDS,
            ),
            shop,
            listener,
        )
        await server.serve(sockets=[listener])


async def _build_demo_if_empty(shop: "Shop") -> None:
    from vici.domains.catalog.api import Everything

    if (await shop.catalog.shops(Everything())).shops:
        return
    from vici.apps.cli.demo import build

    await build(shop)


class _Server(uvicorn.Server):
    """Says where the shop is once it answers, and ends the streams to shoppers when asked to stop."""

    def __init__(self, config: uvicorn.Config, shop: "Shop", listener: socket.socket) -> None:
        super().__init__(config)
        self._shop = shop
        host, port = listener.getsockname()[:2]
        self._url = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        told = Console(stderr=True, highlight=False)
        told.print(f"[bold]{self._shop.settings.shop_name}[/bold] is open.")
        told.print(f"  Storefront     {self._url}/")
        told.print(f"  API            {self._url}/docs")
        told.print(f"  Data           {self._shop.settings.data.absolute()}")
        if self._shop.settings.admin_token is None:
            told.print(f"  Admin token    in {(self._shop.settings.data / 'admin-token').absolute()}")
        told.print("Ctrl-C stops it.")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._shop.stopping.set()
        super().handle_exit(sig, frame)

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        # uvicorn raises the signal again when it is done, which would end this process before the shop is closed.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        await self._serve(sockets)
