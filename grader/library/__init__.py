"""The case library: one encounter a folder, ``case.yml`` for the trainee and ``key.yml`` for the grader."""
