-- Own lists of care providers, one row a provider, person and day. A second source that is compared
-- with the national list and never mixed with it (NZa on the Wlz, lines 419-431).
select
    lijst.bron_id,
    lijst.zorgaanbieder_id,
    lijst.pseudo_id,
    lijst.peildatum,
    lijst.sector,
    lijst.schaduw_soort,
    lijst.begindatum,
    aanbieder.zorgkantoorregio_code,
    stand.pseudo_id is not null as staat_op_wachtlijst
from {{ ref('int_wlz_schaduwlijst') }} as lijst
inner join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on lijst.zorgaanbieder_id = aanbieder.zorgaanbieder_id
left join {{ ref('fct_wlz_wachtlijst') }} as stand
    on
        lijst.pseudo_id = stand.pseudo_id
        and lijst.peildatum = stand.peildatum
        and stand.is_wachtend
where lijst.reden_code is null
