"""Losses, metrics and the training recipe."""
