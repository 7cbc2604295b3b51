"""Sitting an exam: the sealed form, the record of the sitting, and what the record says of its time."""
