-- Hospital stays: admissions of one person that touch or overlap are one stay, so going over to
-- another hospital is no discharge. An admission without an end keeps a stay open.
{% set contact = [
    'contact_id',
    'pseudo_id',
    'zorgaanbieder_id',
    'reden_diagnosegroep',
    'prioriteit',
    'bestemming_code',
    'begin_op',
    'eind_op',
    'bekend_op',
    'begindatum',
    'einddatum'
] %}
with opname as (
    select
        contact_id,
        pseudo_id,
        zorgaanbieder_id,
        reden_diagnosegroep,
        prioriteit,
        bestemming_code,
        begin_op,
        eind_op,
        bekend_op,
        begindatum,
        coalesce({{ lokale_datum('eind_op') }}, begindatum) as einddatum
    from {{ ref('fct_contact') }}
    where
        klasse = 'IMP'
        and begindatum is not null
        and coalesce(status, '') not in ('planned', 'cancelled', 'entered-in-error')
),

met_eerder as (
    select
        {{ contact | join(',\n        ') }},
        max(einddatum) over (
            partition by pseudo_id
            order by begin_op, eind_op, zorgaanbieder_id, contact_id
            rows between unbounded preceding and 1 preceding
        ) as eerder_tot
    from opname
),

genummerd as (
    select
        {{ contact | join(',\n        ') }},
        sum(case when begindatum <= eerder_tot then 0 else 1 end) over (
            partition by pseudo_id
            order by begin_op, eind_op, zorgaanbieder_id, contact_id
            rows between unbounded preceding and current row
        ) as verblijf_nr
    from met_eerder
),

gerangschikt as (
    select
        pseudo_id,
        verblijf_nr,
        contact_id,
        zorgaanbieder_id,
        reden_diagnosegroep,
        prioriteit,
        bestemming_code,
        eind_op,
        bekend_op,
        begindatum,
        einddatum,
        row_number() over (
            partition by pseudo_id, verblijf_nr
            order by begin_op, eind_op, zorgaanbieder_id, contact_id
        ) as eerste,
        row_number() over (
            partition by pseudo_id, verblijf_nr
            order by
                einddatum desc, begin_op desc, eind_op desc, zorgaanbieder_id desc, contact_id desc
        ) as laatste
    from genummerd
),

verblijf as (
    select
        pseudo_id,
        verblijf_nr,
        max(case when laatste = 1 then contact_id end) as opname_id,
        max(case when laatste = 1 then zorgaanbieder_id end) as zorgaanbieder_id,
        max(case when laatste = 1 then reden_diagnosegroep end) as diagnosegroep,
        max(case when eerste = 1 then prioriteit end) as prioriteit,
        bool_or(bestemming_code = 'exp') as is_overleden,
        count(*) as n_opnamen,
        min(begindatum) as opnamedatum,
        case when count(eind_op) = count(*) then max(einddatum) end as ontslagdatum,
        max(bekend_op) as bekend_op
    from gerangschikt
    group by pseudo_id, verblijf_nr
),

met_volgende as (
    select
        opname_id,
        pseudo_id,
        zorgaanbieder_id,
        diagnosegroep,
        prioriteit,
        is_overleden,
        n_opnamen,
        opnamedatum,
        ontslagdatum,
        min(case when prioriteit = 'EM' then opnamedatum end) over (
            partition by pseudo_id
            order by verblijf_nr
            rows between 1 following and unbounded following
        ) as volgende_acute_opnamedatum,
        bekend_op
    from verblijf
)

select
    opname_id,
    pseudo_id,
    zorgaanbieder_id,
    diagnosegroep,
    prioriteit,
    coalesce(is_overleden, false) as is_overleden,
    n_opnamen,
    opnamedatum,
    ontslagdatum,
    volgende_acute_opnamedatum,
    {{ dagen_tussen('ontslagdatum', 'volgende_acute_opnamedatum') }} as dagen_tot_acuut,
    bekend_op
from met_volgende
