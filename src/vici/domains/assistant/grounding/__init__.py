"""Holds every fact of a reply against the evidence of its turn, whoever wrote the reply."""
