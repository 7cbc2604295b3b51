"""Renewal: a short form of what changed in the code set since a certificate was issued."""
