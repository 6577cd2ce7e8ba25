-- Which intervention a zorgactiviteit is, with the days on which each row holds.
{{ met_geldigheid(ref('interventie'), ['zorgactiviteitcode'], ['interventie_id']) }}
