"""How each channel is reached."""
