-- Waits for a first appointment in mental health care that ended, and whether within the norm.
{{ ggz_wachttijd_binnen_norm('ggz_aanmeldwachttijd_treeknorm', 'aanmelding') }}
