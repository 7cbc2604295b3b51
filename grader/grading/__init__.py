"""Grading with nbgrader: submitted answers are scored as data and land in nbgrader's own gradebook."""
