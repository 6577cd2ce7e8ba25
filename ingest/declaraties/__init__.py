"""Vektis EI declaration messages: from fixed-width records to checked rows."""
