"""The composition root: the only module that knows both ports and adapters."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from vici.domains import Domain
from vici.domains.assistant import module as assistant
from vici.domains.assistant.api import AssistantApi
from vici.domains.catalog import module as catalog
from vici.domains.catalog.api import CatalogApi
from vici.domains.channels import module as channels
from vici.domains.channels.api import ChannelsApi
from vici.domains.conversations import module as conversations
from vici.domains.conversations.api import ConversationsApi
from vici.domains.inventory import module as inventory
from vici.domains.inventory.api import InventoryApi
from vici.domains.knowledge import module as knowledge
from vici.domains.knowledge.api import KnowledgeApi
from vici.domains.search import module as search
from vici.domains.search.api import SearchApi, SearchProducts
from vici.flows.answer_customer import AnswerCustomer
from vici.infra.blobs.blobs import Blobs
from vici.infra.blobs.open import open_blobs
from vici.infra.database.open import open_database
from vici.infra.database.port import Database
from vici.infra.embeddings.open import open_embedder
from vici.infra.events.open import open_event_bus
from vici.infra.events.outbox import Relay
from vici.infra.events.port import EventBus
from vici.infra.limits.limiter import Limiter
from vici.infra.search.open import open_vectors
from vici.kit.clock import Clock, SystemClock
from vici.kit.errors import Refusal, Why
from vici.kit.ids import new_id
from vici.migrations import pending, upgrade
from vici.settings import Settings

# The domains that keep tables; each also carries the outbox and the inbox.
SERVICES = ("catalog", "inventory", "knowledge", "conversations")


class NotMigrated(Refusal):
    code = "database.not_migrated"
    why = Why.UNAVAILABLE
    message = "The database of {services} is not at this version's schema. Run `vici migrate` first."


class NoShop(Refusal):
    code = "settings.no_shop"
    why = Why.UNKNOWN
    message = "There is no shop in {folder}. Start one with `vici serve`, or fill one with `vici import`."


class DeadLetters(Refusal):
    code = "events.dead_letters"
    why = Why.UNAVAILABLE
    message = (
        "There are events that could not be handled. The newest failed with: {newest}. "
        "`vici dead-letters` lists them and tries them again."
    )


class DataFolderUnusable(Refusal):
    code = "settings.data_folder"
    why = Why.UNAVAILABLE
    message = "The data folder {folder} cannot be used: {reason}. Name another with --data or VICI_DATA."


@dataclass(frozen=True)
class Shop:
    """The running shop: every domain by its API, wherever it runs."""

    settings: Settings
    catalog: CatalogApi
    inventory: InventoryApi
    search: SearchApi
    knowledge: KnowledgeApi
    conversations: ConversationsApi
    channels: ChannelsApi
    assistant: AssistantApi
    domains: tuple[Domain[Any], ...]
    """In the order their routes are to be matched."""
    blobs: Blobs
    bus: EventBus
    databases: Mapping[str, Database]
    """By service."""
    relays: tuple[Relay, ...]
    limiter: Limiter
    stopping: asyncio.Event
    """Set when the process begins to stop: streams to clients end."""

    async def settled(self) -> None:
        """Wait until every event recorded so far has been handled: what was written is searchable."""
        while not await self._is_all_handled():  # noqa: ASYNC110 — other processes may handle the rest
            await asyncio.sleep(0.02)
        for domain in self.domains:
            await domain.settled()

    async def _is_all_handled(self) -> bool:
        return all([await relay.is_empty() for relay in self.relays]) and not any((await self.bus.lag()).values())


class _Databases:
    """Opens each service's database; services whose URL is the same share one."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._by_url: dict[str, Database] = {}
        self.by_service: dict[str, Database] = {}

    async def open(self, stack: AsyncExitStack) -> None:
        for service in SERVICES:
            url = self._settings.url(self._settings.database, service)
            if url not in self._by_url:
                database = open_database(url, self._clock)
                stack.push_async_callback(database.close)
                self._by_url[url] = database
            self.by_service[service] = self._by_url[url]

    def each(self) -> list[tuple[Database, list[str]]]:
        """Each database with its services."""
        return [
            (database, [service for service in SERVICES if self.by_service[service] is database])
            for database in self._by_url.values()
        ]

    async def migrate(self) -> None:
        for database, services in self.each():
            await database.write(lambda connection, services=services: upgrade(connection, _branches(services)))

    async def refuse_if_behind(self) -> None:
        for database, services in self.each():
            if await database.read(lambda connection, services=services: pending(connection, _branches(services))):
                raise NotMigrated(services=", ".join(services))


def _branches(services: Iterable[str]) -> list[str]:
    return ["events", *services]


async def migrate(settings: Settings) -> None:
    """Bring every database to this version's schema."""
    async with AsyncExitStack() as stack:
        databases = _Databases(settings, SystemClock())
        await databases.open(stack)
        await databases.migrate()


class Work(Enum):
    """What a process does of the shop's own work, besides what it is asked."""

    NOTHING = "nothing"
    INDEXING = "indexing"
    """Carries events and indexes products, where no other process of the shop does. Answers nobody: where one does, the
    index of this process stays as it was when it was opened."""
    ALL = "all"
    """Answers shoppers, too, and keeps its index up to date whoever carries the events."""


@asynccontextmanager
async def open_shop(settings: Settings, *, work: Work = Work.ALL) -> AsyncGenerator[Shop]:
    """Open everything, in order, and close it in the reverse order."""
    make_data_folder(settings.data)
    clock = SystemClock()
    limiter = Limiter()
    stopping = asyncio.Event()
    async with AsyncExitStack() as stack:
        databases = _Databases(settings, clock)
        await databases.open(stack)
        if settings.database.startswith("sqlite:"):
            await databases.migrate()
        else:
            await databases.refuse_if_behind()
        database = databases.by_service
        blobs = open_blobs(settings.url(settings.blobs))
        bus = open_event_bus(settings.url(settings.events), clock)
        stack.push_async_callback(bus.close)

        catalog_domain = catalog.build(database["catalog"], clock, new_id)
        inventory_domain = inventory.build(database["inventory"], clock, new_id, catalog_domain.api)
        knowledge_domain = knowledge.build(database["knowledge"], clock)
        search_domain = search.build(
            catalog_domain.api,
            inventory_domain.api,
            open_embedder(settings.url(settings.embeddings)),
            open_vectors(settings.url(settings.search)),
            folder=settings.data / "search",
            currency=settings.currency,
        )
        conversations_domain = conversations.build(
            database["conversations"], new_id, session_minutes=settings.session_minutes
        )
        assistant_domain = assistant.build(
            search_domain.api,
            catalog_domain.api,
            inventory_domain.api,
            knowledge_domain.api,
            shop_name=settings.shop_name,
        )
        channels_domain = channels.build(
            conversations_domain.api,
            limiter,
            new_id,
            stopping,
            quiet_ms=settings.quiet_ms,
            limit_chat=settings.limit_chat,
            limit_sessions=settings.limit_sessions,
        )
        domains: tuple[Domain[Any], ...] = (
            # Before the catalogue, whose `/products/{product_id}` also matches `/products/search`.
            search_domain,
            inventory_domain,
            catalog_domain,
            knowledge_domain,
            conversations_domain,
            assistant_domain,
            channels_domain,
        )
        if work is not Work.NOTHING:
            # Before the index is compared with the catalogue, so that nothing is changed unheard in between.
            await _listen(bus, domains, everywhere=work is Work.ALL)
        for domain in domains:
            await domain.start()
            stack.push_async_callback(domain.close)
        relays = tuple(Relay("+".join(services), each, bus) for each, services in databases.each())
        shop = Shop(
            settings,
            catalog_domain.api,
            inventory_domain.api,
            search_domain.api,
            knowledge_domain.api,
            conversations_domain.api,
            channels_domain.api,
            assistant_domain.api,
            domains,
            blobs,
            bus,
            database,
            relays,
            limiter,
            stopping,
        )
        if work is not Work.NOTHING:
            await bus.start()
            for relay in relays:
                relay.start()
                stack.push_async_callback(relay.close)
        if work is Work.ALL:
            answering = AnswerCustomer(shop.conversations, shop.assistant, shop.channels)
            await answering.start()
            stack.push_async_callback(answering.close)
        yield shop


async def _listen(bus: EventBus, domains: Iterable[Domain[Any]], *, everywhere: bool) -> None:
    for domain in domains:
        for subscription in domain.subscriptions:
            bus.subscribe(subscription if everywhere else replace(subscription, everywhere=False))
    await bus.join()


def search_alone(catalog: CatalogApi, inventory: InventoryApi, folder: Path, currency: str) -> Domain[SearchApi]:
    """The search by itself, over any catalogue: for measuring it."""
    return search.build(
        catalog,
        inventory,
        open_embedder(f"lsa:///{folder}"),
        open_vectors(f"embedded:///{folder}"),
        folder=folder,
        currency=currency,
        embed_first=True,
    )


@asynccontextmanager
async def open_existing_shop(settings: Settings) -> AsyncGenerator[Shop]:
    """Open a shop to ask it something; refuses a folder that holds none instead of making one there."""
    if settings.database.startswith("sqlite:") and not _file_of(settings, "catalog").exists():
        raise NoShop(folder=settings.data.absolute())
    async with open_shop(settings, work=Work.NOTHING) as shop:
        yield shop


def _file_of(settings: Settings, service: str) -> Path:
    return Path(settings.url(settings.database, service).removeprefix("sqlite:///").partition("?")[0])


def make_data_folder(folder: Path) -> None:
    """Create the data folder where it is missing; refuses one that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderUnusable(folder=folder, reason=error.strerror or str(error)) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DataFolderUnusable(folder=folder, reason="no permission to write")


@dataclass(frozen=True)
class Finding:
    """What opening one part of the shop showed."""

    part: str
    setting: str
    """The variable that says where the part is."""
    where: str
    problem: str | None = None


async def examine(settings: Settings) -> list[Finding]:
    """Open every configured part alone, changing nothing but a test blob, and say which cannot be used and why."""
    data = str(settings.data.absolute())
    findings = [Finding("data folder", "VICI_DATA", data, _problem_of_folder(settings.data))]
    token = settings.data / "admin-token"
    if settings.admin_token is None and token.exists() and token.stat().st_mode & 0o077:
        findings.append(
            Finding("admin token", "VICI_ADMIN_TOKEN", str(token), "others on this machine can read it: chmod 600")
        )
    if findings[0].problem:
        return findings
    clock = SystemClock()

    async def ask_database(service: str) -> None:
        url = settings.url(settings.database, service)
        if settings.database.startswith("sqlite:") and not _file_of(settings, service).exists():
            raise NoShop(folder=data)
        database = open_database(url, clock)
        try:
            if await database.read(lambda connection: pending(connection, _branches([service]))):
                raise NotMigrated(services=service)
        finally:
            await database.close()

    async def ask_bus() -> None:
        bus = open_event_bus(settings.url(settings.events), clock)
        try:
            if letters := await bus.dead_letters(limit=1):
                raise DeadLetters(newest=letters[0].error)
        finally:
            await bus.close()

    async def ask_blobs() -> None:
        blobs = open_blobs(settings.url(settings.blobs))
        name = f"doctor/{new_id()}.txt"
        await blobs.put(name, b"well")
        if await blobs.get(name) is None:
            raise DataFolderUnusable(folder=settings.blobs, reason="what was written cannot be read back")
        await blobs.delete(name)

    async def ask_search() -> None:
        async with open_existing_shop(settings) as shop:
            await shop.search.search(SearchProducts(limit=1))

    parts: list[tuple[str, str, str, Callable[[], Awaitable[None]]]] = [
        *(
            (
                f"database {service}",
                "VICI_DATABASE",
                settings.url(settings.database, service),
                partial(ask_database, service),
            )
            for service in SERVICES
        ),
        ("events", "VICI_EVENTS", settings.url(settings.events), ask_bus),
        ("blobs", "VICI_BLOBS", settings.url(settings.blobs), ask_blobs),
        ("search", "VICI_SEARCH", settings.url(settings.search), ask_search),
    ]
    for part, setting, where, ask in parts:
        try:
            await ask()
        except Refusal as refusal:
            findings.append(Finding(part, setting, where, str(refusal)))
        except Exception as fault:  # what is wrong with one part hides nothing of the others
            findings.append(Finding(part, setting, where, f"it failed: {fault!r}"))
        else:
            findings.append(Finding(part, setting, where))
    return findings


def _problem_of_folder(folder: Path) -> str | None:
    if not folder.exists():
        return "it does not exist; `vici serve` makes it"
    try:
        make_data_folder(folder)
    except Refusal as refusal:
        return str(refusal)
    free = shutil.disk_usage(folder).free
    return f"only {free // 2**20} MiB of disk are free" if free < 100 * 2**20 else None
