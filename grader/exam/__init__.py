"""Exams: what a form is made of, how forms are drawn for trainees, and where they are kept."""
