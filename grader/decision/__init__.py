"""Whether a sitting passes: the standard, the statistics behind it, and the pages that explain it."""
