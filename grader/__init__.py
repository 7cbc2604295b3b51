"""The engine of the course Coding Back Pain: case library, code set, scoring, workbench and grading."""
