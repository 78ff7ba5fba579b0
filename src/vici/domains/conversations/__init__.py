"""Conversations: what was said, whose turn it is, what has to be sent.

Promises: every accepted message is stored once and answered once, or handed to a person; answers come in order; nothing
is written by a worker that lost its claim, and nothing after a person took over.
The database decides all of this; whatever wakes the workers may fail without harm.
"""
