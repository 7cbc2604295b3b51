"""Everything of one person, found and removed."""
