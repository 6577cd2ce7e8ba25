-- Lists of prestatiecodes, with the days on which each row holds.
{{ met_geldigheid(ref('prestatiecodelijst'), ['prestatiecodelijst'], ['naam', 'is_lokaal']) }}
