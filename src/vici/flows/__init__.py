"""Business acts that need several domains. A domain never starts one; an application or an event does."""
