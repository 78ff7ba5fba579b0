"""Answering customers: take a conversation that is ready, let the assistant think, commit the reply, carry it out.

Any number of these may run, in any number of processes: the conversations decide who may write. A worker that dies is
noticed when its lease ends.
"""

from vici.domains.assistant.api import AssistantApi
from vici.domains.channels.api import ChannelsApi
from vici.domains.conversations.api import ConversationsApi
from vici.flows.answer_customer.carrying import Carrying
from vici.flows.answer_customer.crew import Crew
from vici.flows.answer_customer.thinking import Thinking
from vici.kit.ids import NewId, new_id

# Turns at once. The builtin assistant computes, so more would only make each slower and the doors wait:
# at 1,000 messages a second, p99 of accepting was 57 ms with two and 41 ms with one.
TURNS_MAX = 1
DELIVERIES_MAX = 8


class AnswerCustomer:
    def __init__(
        self,
        conversations: ConversationsApi,
        assistant: AssistantApi,
        channels: ChannelsApi,
        new_id: NewId = new_id,
    ) -> None:
        thinking = Thinking(conversations, assistant, channels, new_id)
        carrying = Carrying(conversations, channels)
        self._crews = (
            Crew("answering", TURNS_MAX, thinking.next, thinking.answer),
            Crew("delivering", DELIVERIES_MAX, carrying.next, carrying.carry),
        )

    async def start(self) -> None:
        for crew in self._crews:
            crew.start()

    async def close(self) -> None:
        """Take nothing new, let what runs finish for a moment, give the rest back."""
        for crew in self._crews:
            await crew.close()
