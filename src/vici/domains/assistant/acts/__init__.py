"""What the assistant can do, one file each: given what was understood, read the shop's data and say what it shows."""
