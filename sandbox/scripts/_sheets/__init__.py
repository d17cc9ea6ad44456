"""Finding the cells of a contact sheet: strips, skew, evidence, lattice, borders, seams, cut."""
