"""The ICD-10-CM code set: titles, notes, validity on a date, and search.  Reading needs the standard library alone."""

from grader.codeset.tabular import CodeSet, Entry, load
from grader.codeset.validity import Validity

__all__ = ["CodeSet", "Entry", "Validity", "load"]
