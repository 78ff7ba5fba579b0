"""How often someone may do something."""
