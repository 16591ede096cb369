"""The definitions as executable formulas, independent of the library."""
