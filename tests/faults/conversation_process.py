"""A process of the shop that talks: `python -m tests.faults.conversation_process URL PORT LEASE_SECONDS`.

Port 0 makes it a worker that takes no messages. It says `ready` when it is, and is meant to be killed.
"""

import asyncio
import random
import sys
from datetime import timedelta

import uvicorn
from fastapi import FastAPI

from vici.apps.http.problems import install_problems
from vici.domains.assistant.api import Turn
from vici.domains.channels import module as channels
from vici.domains.conversations import module as conversations
from vici.domains.conversations.api import Action, Draft
from vici.flows.answer_customer import AnswerCustomer
from vici.infra.database.open import open_database
from vici.infra.limits.limiter import Limiter
from vici.infra.telemetry.logs import configure_logs
from vici.kit.clock import SystemClock
from vici.kit.ids import new_id


class Assistant:
    """Takes its time, and fails now and then."""

    async def reply(self, request: Turn) -> Draft:
        await asyncio.sleep(random.choice((0, 0.01, 0.05, 0.3)))
        if random.random() < 0.05:
            raise RuntimeError("no idea")
        text = f"{len(request.messages)} read"
        return Draft(
            text=text,
            language="en",
            intent="test",
            confidence=1,
            context=request.context,
            actions=(Action(type="send_message", data={"message": text}),),
        )


async def main(url: str, port: int, lease_seconds: float) -> None:
    configure_logs("WARNING")
    database = open_database(url, SystemClock())
    talk = conversations.build(database, new_id, lease=timedelta(seconds=lease_seconds))
    web = channels.build(
        talk.api, Limiter(), new_id, asyncio.Event(), quiet_ms=20, limit_chat="off", limit_sessions="off"
    )
    await AnswerCustomer(talk.api, Assistant(), web.api).start()
    app = FastAPI()
    install_problems(app)
    app.include_router(web.public)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    if port:
        await uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical")).serve()
    else:
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
