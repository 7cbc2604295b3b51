"""How well notes are read, as a page of the book shows it: the model card, its tables, its numbers and its plot."""
