"""The doors to conversations, one for each messaging channel: verify, limit, normalise what comes in; carry out what
goes out."""
