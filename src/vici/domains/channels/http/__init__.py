"""The doors, one file for each channel, and what they show."""
