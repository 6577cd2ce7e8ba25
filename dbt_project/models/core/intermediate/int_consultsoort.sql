-- What kind of consultation a zorgactiviteit is, with the days on which each row holds.
{{ met_geldigheid(ref('consultsoort'), ['zorgactiviteitcode'], ['soort', 'kanaal']) }}
