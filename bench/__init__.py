"""Proofs (what must never happen, tried until convinced) and figures (what was measured), each by one command."""
