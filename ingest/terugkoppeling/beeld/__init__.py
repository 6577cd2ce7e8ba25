"""Pictures of the answer to a sender: inline SVG that stretches with the page, without scripts."""
