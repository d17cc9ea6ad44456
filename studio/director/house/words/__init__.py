"""Tables of words, apart from the logic that reads them. Accents and case do not matter."""
