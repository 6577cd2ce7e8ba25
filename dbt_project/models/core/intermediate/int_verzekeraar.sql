-- Concern of every UZOVI number, with the days on which it holds.
{{ met_geldigheid(ref('verzekeraar'), ['uzovi'], ['concern_id', 'naam']) }}
