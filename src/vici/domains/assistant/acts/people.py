"""Notes that a person is wanted, and says how else the shop can be reached."""

from vici.domains.assistant.acts.policy import how_to_reach_us, quote
from vici.domains.assistant.acts.situation import Reply, Situation, reply_to
from vici.domains.assistant.grounding.replies import SAID

_SAID_MAX = 5
_CHARACTERS_MAX = 200


async def handover(at: Situation) -> Reply:
    reply = reply_to(at)
    reply.lines.append(at.say("handover"))
    if contact := await how_to_reach_us(at):
        reply.lines.append(at.say("reach_us", title=contact.title))
        quote(reply, contact)
    said = [text[:_CHARACTERS_MAX] for text in at.conversation[-_SAID_MAX:]]
    reply.transfer = ("asked_for_person", SAID.join(said) or at.text[:_CHARACTERS_MAX])
    return reply
