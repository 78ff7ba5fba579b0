"""Pure values that every part shares: no I/O, no clock of their own, nothing of the shop's business."""
