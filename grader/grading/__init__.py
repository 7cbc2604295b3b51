"""Grading: trainees' answers become scores and comments in nbgrader's gradebook.  No trainee code is ever run."""
