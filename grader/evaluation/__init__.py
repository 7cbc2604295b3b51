"""Teaching the reading of notes from labelled ones, and measuring it on writers it never saw."""
