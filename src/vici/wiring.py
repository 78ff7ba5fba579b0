"""The composition root: the only module that knows both ports and adapters."""
