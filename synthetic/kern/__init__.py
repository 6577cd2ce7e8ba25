"""The rest of the kerngegevens set of the demo region: all five parts of it, beside the contacts.

Everything here hangs on a contact of the year, so it adds no patient, no contact and no diagnosis:
what the other parts of the region planted stays true.
"""
