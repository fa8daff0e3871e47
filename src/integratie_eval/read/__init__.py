"""Delivered files → tables in the database: preflight, isolated readers, header, values, place of every row."""
