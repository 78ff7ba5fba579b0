"""Greets, thanks, says goodbye, says who it is, keeps calm, and says what it cannot do."""

from vici.domains.assistant.acts.find import category_buttons
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to

# What is said instead of leaving a shopper with nothing to press.
_WITH_CATEGORIES = frozenset({"greet", "capabilities", "out_of_scope", "unclear", "injection", "deny"})
_WITH_PERSON = frozenset({"calm", "identity"})


async def smalltalk(at: Situation) -> Reply:
    key = {"insult": "calm"}.get(at.intent.name, at.intent.name)
    reply = reply_to(at)
    reply.lines.append(at.say(key))
    if key == "goodbye":
        reply.farewell = "goodbye"
    if key in _WITH_CATEGORIES:
        reply.buttons = await category_buttons(at, limit=5)
    if key in _WITH_PERSON:
        reply.buttons = [Button(at.say("button_categories"), "categories"), Button(at.say("button_person"), "person")]
    if key == "haggle":
        further = Button(at.say("button_cheaper"), "cheaper") if at.memory.shown else None
        reply.buttons = [each for each in (further, Button(at.say("button_sale"), "sale")) if each]
    return reply
