"""Hands the conversation to a person."""

from vici.domains.assistant.acts.situation import Reply, Situation, reply_to
from vici.domains.assistant.grounding.replies import SAID

_SAID_MAX = 5
_CHARACTERS_MAX = 200


async def handover(at: Situation) -> Reply:
    reply = reply_to(at)
    reply.lines.append(at.say("handover"))
    said = [text[:_CHARACTERS_MAX] for text in at.conversation[-_SAID_MAX:]]
    reply.transfer = ("asked_for_person", SAID.join(said) or at.text[:_CHARACTERS_MAX])
    return reply
