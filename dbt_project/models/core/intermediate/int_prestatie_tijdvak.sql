-- Periods of knowledge of every line that ever stood: from geldig_van up to geldig_tot nothing
-- about it changed. A new one begins on the day its debit, its credit or its message comes or goes.
-- A credit refers to the reference number of its debit within one declarant; amounts play no part.
-- Without its debit it waits; a second credit of one debit is refused.
{% set familie = ['zorgaanbieder_id', 'debet_sleutel'] %}
with vaker as (
    {{ nummers_vaker(ref('int_prestatie_staand'), familie) }}
),

-- Lines that may be a debit and its credit; the others are by far the most, and are not ranked.
regel as (
    select
        regel_id,
        bericht_sleutel,
        identificatie,
        zorgaanbieder_id,
        referentie_sleutel,
        debet_credit,
        bekend_op,
        staat_van,
        staat_tot,
        debet_sleutel,
        count(*) over (partition by zorgaanbieder_id, debet_sleutel) as n_leden
    from {{ ref('int_prestatie_staand') }}
    where {{ inhoud_getal(familie) }} in (select vaker.nummer from vaker)
),

dag as (
    {% for dag in ['staat_van', 'staat_tot'] %}
        select
            zorgaanbieder_id,
            debet_sleutel,
            {{ dag }} as dag
        from regel
        where n_leden > 1
        {{ 'union' if not loop.last }}
    {% endfor %}
),

stap as (
    select
        zorgaanbieder_id,
        debet_sleutel,
        dag,
        lead(dag) over (partition by zorgaanbieder_id, debet_sleutel order by dag) as volgende_dag
    from dag
),

-- Between two days of a family of lines each of them stands all the time or not at all.
deel as (
    select
        regel.regel_id,
        regel.debet_credit,
        stap.dag,
        stap.volgende_dag,
        max(case when regel.debet_credit = 'D' then 1 else 0 end) over familie as heeft_debet,
        min(case when regel.debet_credit = 'C' then regel.bekend_op end) over familie as credit_op,
        row_number() over (
            partition by
                regel.zorgaanbieder_id, regel.debet_sleutel, stap.dag, regel.debet_credit
            order by
                regel.bekend_op asc,
                regel.referentie_sleutel asc,
                regel.bericht_sleutel asc,
                regel.identificatie asc
        ) as volgnr
    from regel
    inner join stap
        on
            regel.zorgaanbieder_id = stap.zorgaanbieder_id
            and regel.debet_sleutel = stap.debet_sleutel
            and regel.staat_van <= stap.dag
            and regel.staat_tot > stap.dag
    window familie as (partition by regel.zorgaanbieder_id, regel.debet_sleutel, stap.dag)
),

toestand as (
    select
        regel_id,
        dag,
        volgende_dag,
        case when debet_credit = 'D' then credit_op end as gecrediteerd_op,
        case
            when debet_credit = 'D' then null
            when heeft_debet = 0 then 'EI-CREDIT-ZONDER-DEBET'
            when volgnr > 1 then 'EI-CREDIT-DUBBEL'
        end as reden_code
    from deel
),

gemerkt as (
    select
        regel_id,
        dag,
        volgende_dag,
        gecrediteerd_op,
        reden_code,
        lag(dag) over regel as vorige_dag,
        lag(gecrediteerd_op) over regel as vorige_gecrediteerd_op,
        lag(reden_code) over regel as vorige_reden_code
    from toestand
    window regel as (partition by regel_id order by dag)
),

geteld as (
    select
        regel_id,
        dag,
        volgende_dag,
        gecrediteerd_op,
        reden_code,
        sum(
            case
                when vorige_dag is null then 1
                when gecrediteerd_op is distinct from vorige_gecrediteerd_op then 1
                when reden_code is distinct from vorige_reden_code then 1
                else 0
            end
        ) over (
            partition by regel_id
            order by dag asc
            rows between unbounded preceding and current row
        ) as tijdvak_nr
    from gemerkt
)

-- By far the most lines have no credit and no debit beside them: they stand in one piece.
{% set nummer_alleen = inhoud_getal(familie) ~ ' not in (select vaker.nummer from vaker)' %}
{% for alleen in [[ref('int_prestatie_staand'), nummer_alleen], ['regel', 'n_leden = 1']] %}
    select
        regel_id,
        staat_van as geldig_van,
        nullif(staat_tot, cast('9999-12-31' as date)) as geldig_tot,
        cast(null as date) as gecrediteerd_op,
        case when coalesce(debet_credit, 'C') <> 'D' then 'EI-CREDIT-ZONDER-DEBET' end as reden_code
    from {{ alleen[0] }}
    where {{ alleen[1] }}
    union all
{% endfor %}
select
    regel_id,
    min(dag) as geldig_van,
    nullif(max(volgende_dag), cast('9999-12-31' as date)) as geldig_tot,
    gecrediteerd_op,
    reden_code
from geteld
group by regel_id, tijdvak_nr, gecrediteerd_op, reden_code
