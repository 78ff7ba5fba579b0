"""Finding things: by their words (`text_index`) and by their meaning (the vector index, a port)."""
