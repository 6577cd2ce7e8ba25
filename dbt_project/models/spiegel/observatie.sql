-- Observations of all definitions in the register, of persons who are known.
{{ config(materialized='view') }}
select
    waarneming.definitie_id,
    waarneming.zorgaanbieder_id,
    waarneming.pseudo_id,
    waarneming.peildatum,
    waarneming.diagnosegroep,
    waarneming.teller,
    waarneming.noemer
from {{ ref('int_spiegel_waarneming') }} as waarneming
inner join {{ ref('dim_persoon') }} as persoon
    on waarneming.pseudo_id = persoon.pseudo_id
