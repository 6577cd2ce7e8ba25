"""Speed, as ratios from one run: machines differ, ratios less so."""
