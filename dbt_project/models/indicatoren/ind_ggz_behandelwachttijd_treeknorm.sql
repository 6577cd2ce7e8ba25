-- Waits for treatment in mental health care that ended, and whether within the norm.
{{ ggz_wachttijd_binnen_norm('ggz_behandelwachttijd_treeknorm', 'behandeling') }}
