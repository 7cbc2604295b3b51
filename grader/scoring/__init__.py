"""Scoring: answers against a key, pure and explained.  Standard library alone."""
