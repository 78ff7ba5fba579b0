"""The demo shop: a catalogue, pictures and policy pages of our own, to try everything with."""
