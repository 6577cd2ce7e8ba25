"""Retour messages: what an insurer answers to a declaration, read and written."""
