-- Judgements of intake, each once however often it was delivered. The period is that of the first
-- delivery with the record: it stands in for the year of care where that cannot be read.
{% set kolommen = [
    'soort',
    'naam',
    'tabel',
    'reden_code',
    'inhoud_sleutel',
    'resource_sleutel',
    'beschikbaar_op',
    'contact_sleutel',
    'uitvoerder_sleutel',
    'wachtregistratie_sleutel',
    'fase',
    'wlz_indicatie_sleutel',
    'peildatum',
    'bericht_sleutel',
    'identificatie',
    'referentie_sleutel',
    'factuur_sleutel',
    'dagtekening',
    'zorgaanbieder_id',
    'jaar'
] %}
select
    bron_id,
    {{ kolommen | join(',\n    ') }},
    min(nullif(periode, 'onbekend')) as eerste_periode,
    max(nullif(periode, 'onbekend')) as laatste_periode
from {{ source('raw', 'dq_oordeel') }}
group by
    bron_id,
    {{ kolommen | join(',\n    ') }}
