{# CTEs with patients with heart failure at each hospital they visited in a year (patientjaar), and
   their acute admissions there for heart failure in that year. #}
{% macro hartfalen_patientjaar() -%}
with patient as (
    select
        pseudo_id,
        min(registratiedatum) as sinds
    from {{ ref('fct_diagnose') }}
    where
        diagnosegroep = 'hartfalen'
        and coalesce(verificatie_status, '') not in ('refuted', 'entered-in-error')
    group by pseudo_id
),

ziekenhuiscontact as (
    select
        contact.pseudo_id,
        contact.zorgaanbieder_id,
        cast(extract(year from contact.begindatum) as integer) as jaar,
        sum(
            case
                when
                    contact.klasse = 'IMP'
                    and contact.prioriteit = 'EM'
                    and contact.reden_diagnosegroep = 'hartfalen'
                    then 1
                else 0
            end
        ) as n_acuut
    from {{ ref('fct_contact') }} as contact
    inner join {{ ref('dim_zorgaanbieder') }} as aanbieder
        on contact.zorgaanbieder_id = aanbieder.zorgaanbieder_id
    where
        aanbieder.is_ziekenhuis
        and contact.begindatum is not null
        and coalesce(contact.status, '') not in ('cancelled', 'entered-in-error')
    group by contact.pseudo_id, contact.zorgaanbieder_id, extract(year from contact.begindatum)
),

patientjaar as (
    select
        contact.pseudo_id,
        contact.zorgaanbieder_id,
        make_date(contact.jaar, 12, 31) as peildatum,
        contact.n_acuut
    from ziekenhuiscontact as contact
    inner join patient
        on contact.pseudo_id = patient.pseudo_id
    where extract(year from patient.sinds) <= contact.jaar
)
{%- endmacro %}
