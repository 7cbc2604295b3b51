"""What trainees hand in: looked at within bounds, opened by nobody."""
