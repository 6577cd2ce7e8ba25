-- Every declaration line with its present state: whether it is used, why not, and since when a
-- debit is reversed. What waits or was replaced has a reason too; what waits loses it in time.
{% set kolommen = [
    'regel_id',
    'tabel',
    'bron_id',
    'levering_id',
    'bestand',
    'regel',
    'bericht_sleutel',
    'identificatie',
    'bekend_op',
    'zorgaanbieder_id',
    'pseudo_id',
    'begindatum',
    'specialisme',
    'diagnosecode',
    'bedrag_cent',
    'debet_credit',
    'referentie_sleutel'
] %}
select
    {% for kolom in kolommen -%}
        regel.{{ kolom }},
    {% endfor %}
    nu.gecrediteerd_op,
    coalesce(regel.debet_credit = 'D' and nu.gecrediteerd_op is null, false) as telt_mee,
    coalesce(regel.reden_code, nu.reden_code) as reden_code
from {{ ref('int_prestatie_regel') }} as regel
left join {{ ref('int_prestatie_tijdvak') }} as nu
    on
        regel.regel_id = nu.regel_id
        and nu.geldig_tot is null
