"""Speed, as ratios from one run: machines differ, ratios less so.

One module or package a family, each with ``measure(progress) -> Family``; ``__main__`` lists them.
"""
