"""Every deployment choice. Read once, in wiring; a domain is handed what it needs."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from vici.infra.limits.limiter import valid_limit
from vici.kit.errors import Refusal, Why
from vici.kit.money import Currency

PREFIX = "VICI_"
TOKEN_LENGTH_MIN = 16
# Read by the tests, not by the shop.
_NOT_OURS = "VICI_TEST_"


class BadSettings(Refusal):
    code = "settings.bad"
    why = Why.INVALID
    message = "{problems}"


class Settings(BaseSettings):
    """Each is the environment variable `VICI_<NAME>`; in a URL, `{data}` stands for the data folder and `{service}`
    for a domain's name."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    data: Annotated[Path, Field(description="Folder of everything the shop keeps on this machine.")] = Path("data")
    host: Annotated[str, Field(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on; 0 takes a free one.")] = 8000
    demo: Annotated[bool, Field(description="Build the demo shop when `serve` finds an empty data folder.")] = True

    database: Annotated[
        str,
        Field(
            description="`sqlite:///…`, `postgresql://…`, `mysql://…`, `mariadb://…`; `{service}` parts the domains."
        ),
    ] = "sqlite:///{data}/{service}.db"
    events: Annotated[str, Field(description="The event bus: `embedded:///file`.")] = "embedded:///{data}/events.db"
    embeddings: Annotated[
        str, Field(description="What turns texts into vectors: `lsa:///folder` learns from the shop's own catalogue.")
    ] = "lsa:///{data}/search"
    search: Annotated[str, Field(description="Where the search indexes are kept: `embedded:///folder`.")] = (
        "embedded:///{data}/search"
    )
    blobs: Annotated[
        str,
        Field(
            description="Where images and files are kept: `file:///folder`, `s3://bucket`, `gs://…`, `az://…`, `memory://`."
        ),
    ] = "file:///{data}/blobs"

    admin_token: Annotated[
        SecretStr | None,
        Field(
            min_length=TOKEN_LENGTH_MIN,
            description="Opens all that changes the shop. When absent, one is made and kept in `{data}/admin-token`.",
        ),
    ] = None
    trusted_proxies: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(description="Proxies whose `X-Forwarded-For` is believed: addresses, networks; separated by commas."),
    ] = ("127.0.0.1", "::1")
    cors_origins: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(description="Sites whose pages may call the API and carry the widget, separated by commas; `*` for all."),
    ] = ("*",)
    body_bytes_max: Annotated[int, Field(ge=1024, description="Largest request body, in bytes.")] = 1_000_000
    limit_client: Annotated[str, Field(description="Requests of one client address; `off` for none.")] = "1200/minute"
    limit_chat: Annotated[str, Field(description="Chat messages of one session; `off` for none.")] = "10/minute"
    limit_sessions: Annotated[str, Field(description="New chat sessions of one client address; `off` for none.")] = (
        "60/minute"
    )

    shop_name: Annotated[str, Field(min_length=1, description="The shop's name on its pages.")] = "Vici"
    currency: Annotated[Currency, Field(description="Of prices that name none (ISO 4217).")] = "VND"
    session_minutes: Annotated[
        int, Field(ge=1, le=1440, description="A chat session ends so long after its last message.")
    ] = 30
    quiet_ms: Annotated[
        int, Field(ge=0, le=6000, description="How long the web chat waits for more of a burst before it answers.")
    ] = 400

    log_level: Annotated[
        str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="`DEBUG`, `INFO`, `WARNING` or `ERROR`.")
    ] = "INFO"

    @field_validator("data")
    @classmethod
    def _goes_into_a_url(cls, value: Path) -> Path:
        if set("#?") & set(str(value.absolute())):
            raise ValueError(f"{value.absolute()} holds a # or a ?; name a folder without")
        return value

    @field_validator("cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("limit_client", "limit_chat", "limit_sessions")
    @classmethod
    def _readable(cls, value: str) -> str:
        if not valid_limit(value):
            raise ValueError(f"{value!r} is no limit; write it like 10/minute, or off")
        return value

    def url(self, template: str, service: str = "") -> str:
        """The URL with its placeholders filled in."""
        return template.replace("{data}", str(self.data.absolute())).replace("{service}", service)


def read_settings(**given: object) -> Settings:
    """From the environment; what is given here (a command's options) wins. Refuses a variable no setting has."""
    unknown = sorted(
        name
        for name in os.environ
        if name.startswith(PREFIX)
        and not name.startswith(_NOT_OURS)
        and name[len(PREFIX) :].lower() not in Settings.model_fields
    )
    problems: list[str] = []
    for name in unknown:
        near = get_close_matches(name[len(PREFIX) :].lower(), Settings.model_fields, n=1)
        told = f"; did you mean {PREFIX}{near[0].upper()}?" if near else ". `vici config` lists them."
        problems.append(f"{name} is not a setting{told}")
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})  # pyright: ignore[reportArgumentType]
    except ValidationError as error:
        problems += [f"{PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']}." for fault in error.errors()]
        raise BadSettings(problems=" ".join(problems)) from None
    if problems:
        raise BadSettings(problems=" ".join(problems))
    return settings
