"""The token that opens all that changes the shop."""

import contextlib
import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from vici.kit.errors import Refusal, Why
from vici.settings import TOKEN_LENGTH_MIN, Settings

FILE = "admin-token"


class TokenUnusable(Refusal):
    code = "settings.admin_token"
    why = Why.UNAVAILABLE
    message = "The admin token in {path} cannot be used: {reason}. Delete the file and start again to have one made."


def admin_token(settings: Settings) -> SecretStr:
    """The token that was given, else the one made at the first start, kept in a file only its owner can read."""
    if settings.admin_token is not None:
        return settings.admin_token
    path = settings.data / FILE
    try:
        if not path.exists():
            _make(path)
        token = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TokenUnusable(path=path, reason=getattr(error, "strerror", None) or "it is no text") from None
    if len(token) < TOKEN_LENGTH_MIN:
        raise TokenUnusable(path=path, reason=f"it is shorter than {TOKEN_LENGTH_MIN} characters")
    return SecretStr(token)


def _make(path: Path) -> None:
    """Whole or not at all; of two processes that start together both use the one that came first."""
    draft = path.with_name(f"{FILE}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
