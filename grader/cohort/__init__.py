"""A simulated cohort: made-up trainees of known ability sit drawn forms, so that wrong decisions can be counted."""
