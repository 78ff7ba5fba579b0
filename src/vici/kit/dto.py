"""The values that cross a boundary: between domains, over HTTP, over a bus."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

# PostgreSQL and MySQL refuse or cut text at U+0000, SQLite keeps it: refused at the door, so all three agree.
NO_NUL = r"^[^\x00]*$"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=NO_NUL)]
"""One line of text a person reads: a name, a title."""

LongText = Annotated[str, StringConstraints(max_length=50_000, pattern=NO_NUL)]
"""Text of any number of lines, up to 50,000 characters."""

Key = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=100, pattern=r"^[^\x00-\x20\x7f](?:[^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?$"
    ),
]
"""An identifier: 1 to 100 characters, no control characters, no space at either end (MySQL ignores trailing spaces)."""


class Dto(BaseModel):
    """Frozen, and refuses fields it does not know: a misspelt field is an error, not a silent default."""

    model_config = ConfigDict(frozen=True, extra="forbid")
