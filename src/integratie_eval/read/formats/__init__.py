"""One module per kind of file: bytes → grids."""
