"""Care that indicators ask about: readmissions, care of older persons, chronic care, PROMs."""
