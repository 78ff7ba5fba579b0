"""Shoppers who ask and wait for the reply on their event stream, in a process of their own:
`python -m bench.shoppers PORT SHOPPERS TURNS PAUSE_SECONDS`."""

import asyncio
import json
import random
import sys
import time
import uuid

import httpx
import uvloop

from bench.load import percentile

ASKED = [
    "Tìm iPhone 15",
    "điện thoại dưới 10 triệu",
    "laptop for students under 20 million",
    "tai nghe chống ồn",
    "áo thun nam màu đen",
    "do you deliver to Da Nang?",
    "chính sách đổi trả thế nào",
    "wireless mouse",
    "quà sinh nhật cho bé gái",
    "hello",
    "cảm ơn",
    "kem chong nang",
]


async def _shopper(http: httpx.AsyncClient, turns: int, pause_seconds: float, milliseconds: list[float]) -> None:
    chance = random.Random()
    session_id, user_id = str(uuid.uuid4()), f"shopper-{uuid.uuid4().hex[:8]}"
    answered: dict[str, asyncio.Future[float]] = {}

    async def say(text: str) -> None:
        message_id = uuid.uuid4().hex
        answered[message_id] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        body = {"session_id": session_id, "user_id": user_id, "message": text, "message_id": message_id}
        (await http.post("/api/v1/chat/message", json=body)).raise_for_status()
        async with asyncio.timeout(30):
            milliseconds.append((await answered[message_id] - began) * 1000)

    async def listen() -> None:
        async with http.stream("GET", f"/api/v1/chat/sessions/{session_id}/events", timeout=None) as events:
            async for line in events.aiter_lines():
                if line.startswith("data: ") and '"role":"assistant"' in line:
                    arrived = time.perf_counter()
                    for asked in json.loads(line[6:])["reply_to"]:
                        if asked in answered and not answered[asked].done():
                            answered[asked].set_result(arrived)

    first = {"session_id": session_id, "user_id": user_id, "message": "xin chào", "message_id": "first"}
    (await http.post("/api/v1/chat/message", json=first)).raise_for_status()
    listening = asyncio.create_task(listen())
    await asyncio.sleep(0.5)
    for _ in range(turns):
        await asyncio.sleep(chance.uniform(0, 2 * pause_seconds))
        await say(chance.choice(ASKED))
    listening.cancel()


async def _all(port: int, shoppers: int, turns: int, pause_seconds: float) -> dict[str, float]:
    milliseconds: list[float] = []
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=30) as http:
        await asyncio.gather(*(_shopper(http, turns, pause_seconds, milliseconds) for _ in range(shoppers)))
    found = sorted(milliseconds)
    return {
        "turns": len(found),
        "p50_ms": round(percentile(found, 0.5), 1),
        "p99_ms": round(percentile(found, 0.99), 1),
        "max_ms": round(found[-1], 1),
    }


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    print(json.dumps(uvloop.run(_all(int(given[0]), int(given[1]), int(given[2]), given[3]))))
