"""What people may write into an address."""

from typing import TypeVar

from pydantic import ValidationError

from vici.kit.dto import Dto
from vici.kit.errors import Refusal, Why

D = TypeVar("D", bound=Dto)


class BadAddress(Refusal):
    code = "pages.bad_address"
    why = Why.INVALID
    message = "The address holds a value the shop cannot look for: {fields}."


def from_address(kind: type[D], **values: object) -> D:
    """The request these values of an address make; refuses values no request can hold."""
    try:
        return kind(**values)
    except ValidationError as error:
        fields = ", ".join(str(fault["loc"][0]) for fault in error.errors())
        raise BadAddress(fields=fields) from None
