"""The rules of ``schemas/ei/regels`` at work: within a record and between records."""
