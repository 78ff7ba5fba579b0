"""What the framework alone can do: a FastAPI route gives back the message it is sent. `python -m bench.echo PORT`"""

import sys

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Message(BaseModel):
    session_id: str | None = None
    user_id: str
    message: str
    message_id: str | None = None


@app.post("/echo")
async def echo(message: Message) -> Message:
    return message


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning", loop="uvloop", http="httptools")
