-- Measurements that are used, one row a coding or a part: final, amended and corrected ones.
select
    {{ sleutel(['bron_id', 'resource_sleutel', 'codering_nr']) }} as meting_id,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    is_onderdeel,
    status,
    categorie,
    code_stelsel,
    code,
    comparator,
    waarde,
    eenheid,
    eenheid_bron,
    waarde_stelsel,
    waarde_code,
    afgenomen_op,
    geregistreerd_op,
    beschikbaar_op,
    bekend_op,
    codering_nr
from {{ ref('int_meting') }}
where reden_code is null and telt_mee
