"""Tabular deliveries: from delimited text to the raw tables of registers."""
