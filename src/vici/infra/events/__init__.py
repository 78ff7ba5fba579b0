"""Events between domains: an outbox beside the state, a bus that delivers at least once, an inbox that makes repeats
harmless."""
