"""Case families: encounters drawn from a seed, with a key that the coding rules derive from the facts.

Facts are drawn first (`axes`); `derive` makes the right codes of them and `mistakes` the wrong ones; `prose` tells them as
a chart; `consistency` reads the chart again and compares it with the facts, knowing nothing of how it was written.
"""
