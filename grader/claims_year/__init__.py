"""A year of claims of an invented practice, and how to read it: the data and the charts of lesson 20.

Nothing in it comes from real patients, payers or practices.  The same seed always makes the same year.
"""

from grader.claims_year.claim import Claim, as_csv
from grader.claims_year.generate import generate

__all__ = ["Claim", "as_csv", "generate"]
