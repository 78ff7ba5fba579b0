"""What the assistant says, in both languages."""
