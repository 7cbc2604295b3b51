"""The built book as its readers get it: its links, its spelling and how hard it is to read."""
