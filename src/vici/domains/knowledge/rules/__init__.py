"""How a document is cut into passages, and how well a passage covers a question."""
