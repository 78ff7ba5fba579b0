"""vici chat"""

import asyncio
import contextlib
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.columns import Columns
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from vici.apps.cli.options import Data, Json
from vici.kit.ids import new_id
from vici.kit.money import written
from vici.settings import read_settings

if TYPE_CHECKING:
    from vici.domains.assistant.api import AssistantApi
    from vici.domains.conversations.api import Draft, Message

_HISTORY_MAX = 50
_LONGEST = 8000


def command(
    data: Data = None,
    language: Annotated[
        str | None, typer.Option("--lang", help="Language to begin in: vi or en; the first message decides otherwise.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Talk to the assistant in the terminal. A number presses a quick reply, Ctrl-D ends.

    With --json, each line of standard input is a message and each line of output a reply with its actions and evidence.

    Examples:

        vici chat

        vici chat --data /srv/shop --lang en

        printf 'tai nghe dưới 2 triệu\\nrẻ hơn\\n' | vici chat --json
    """
    if language not in (None, "vi", "en"):
        raise typer.BadParameter("it is vi or en", param_hint="--lang")
    from vici.wiring import open_existing_shop

    settings = read_settings(data=data)

    async def run() -> None:
        async with open_existing_shop(settings) as shop:
            talk = Talk(shop.assistant, {"language": language} if language else {})
            await (_by_lines(talk) if as_json else _by_hand(talk, settings.shop_name))

    # Whoever talks may leave at any time.
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run())


class Talk:
    """One conversation, kept here and nowhere else."""

    def __init__(self, assistant: "AssistantApi", context: dict[str, Any]) -> None:
        self._assistant = assistant
        self._context = context
        self._session_id = new_id()
        self._history: list[Message] = []

    async def say(self, text: str, payload: str | None = None) -> "Draft":
        from vici.domains.assistant.api import Turn

        message = self._message("user", text[:_LONGEST], payload)
        turn = Turn(
            session_id=self._session_id,
            user_id="terminal",
            channel="terminal",
            messages=(message,),
            history=tuple(self._history[-_HISTORY_MAX:]),
            context=self._context,
        )
        draft = await self._assistant.reply(turn)
        self._context = draft.context
        self._history += [message, self._message("assistant", draft.text, None)]
        return draft

    def _message(self, role: 'Literal["user", "assistant"]', text: str, payload: str | None) -> "Message":
        from vici.domains.conversations.api import Message

        position = len(self._history) + 1
        return Message(
            message_id=new_id(), position=position, role=role, content=text, at=datetime.now(UTC), payload=payload
        )


async def _by_lines(talk: Talk) -> None:
    while line := await asyncio.to_thread(sys.stdin.buffer.readline):
        if text := line.decode("utf-8", "replace").replace("\0", "").strip():
            draft = await talk.say(text)
            print(draft.model_dump_json(exclude={"context"}), flush=True)


async def _by_hand(talk: Talk, shop_name: str) -> None:
    console = Console()
    console.print(f"[dim]{escape(shop_name)} · Ctrl-D[/dim]", highlight=False)
    replies: list[dict[str, str]] = []
    while True:
        try:
            text = (await asyncio.to_thread(console.input, "[bold cyan]›[/bold cyan] ")).strip()
        except EOFError:
            console.print()
            return
        if not text:
            continue
        pressed = replies[int(text) - 1] if text.isdigit() and 1 <= int(text) <= len(replies) else None
        draft = await talk.say(pressed["title"] if pressed else text, pressed["payload"] if pressed else None)
        replies = _show(console, draft)
        if any(action.type == "end_conversation" for action in draft.actions):
            return


def _show(console: Console, draft: "Draft") -> list[dict[str, str]]:
    """Print the reply. Gives back the quick replies that can be pressed."""
    replies: list[dict[str, str]] = []
    for action in draft.actions:
        data = action.data
        match action.type:
            case "send_message":
                console.print(Text(data["message"]))
                for citation in data.get("citations", ()):
                    console.print(
                        f"  [dim]— {citation['title']} (/pages/{citation['document']})[/dim]", highlight=False
                    )
            case "send_carousel":
                cards = [_card(product, draft.language) for product in data["products"]]
                console.print(Columns(cards, padding=(0, 1)))
            case "send_quick_replies":
                replies = data["replies"]
                told = "   ".join(
                    f"[bold]{place}[/bold] {each['title']}" for place, each in enumerate(replies, start=1)
                )
                console.print(f"[dim]{data['message']}[/dim]  {told}".strip(), highlight=False)
            case "transfer_to_agent":
                console.print(f"[yellow]→ {escape(data['reason'])}[/yellow]", highlight=False)
            case _:
                pass
    return replies


def _card(product: dict[str, Any], language: str) -> Panel:
    price = written(product["price_minor"], product["currency"], language)
    body = Text(product["name"], style="bold")
    body.append(f"\n{price}", style="green")
    if original := product.get("original_price_minor"):
        body.append(f" {written(original, product['currency'], language)}", style="dim strike")
    sold_out = {"vi": "hết hàng", "en": "sold out"}.get(language, "sold out")
    body.append("" if product["in_stock"] else f"\n{sold_out}", style="red")
    body.append(f"\n{product['url']}", style="dim")
    return Panel(body, width=34)
