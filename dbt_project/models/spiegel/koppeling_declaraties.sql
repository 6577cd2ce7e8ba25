-- How far declarations and kerngegevens are about the same persons, per source, sector and year. A
-- person is linked by pseudonym alone; who has none (no valid BSN, or 999999999) is never joined on
-- and counts as not linked.
{% set groepen = [['bron', 'sector'], ['bron'], ['sector'], []] %}
with declarant as (
    select distinct pseudo_id from {{ ref('fct_prestatie') }}
),

patient as (
    select distinct pseudo_id from {{ ref('int_persoon_sleutel') }}
),

persoon as (
    select distinct
        'declaraties' as kant,
        prestatie.bron_id,
        prestatie.sector,
        cast(extract(year from prestatie.begindatum) as varchar) as periode,
        prestatie.pseudo_id,
        patient.pseudo_id is not null as is_gekoppeld
    from {{ ref('fct_prestatie') }} as prestatie
    left join patient
        on prestatie.pseudo_id = patient.pseudo_id
    union all
    select distinct
        'kerngegevens' as kant,
        gegeven.bron_id,
        cast(null as varchar) as sector,
        coalesce(cast(extract(year from gegeven.peildatum) as varchar), 'ONBEKEND') as periode,
        gegeven.pseudo_id,
        declarant.pseudo_id is not null as is_gekoppeld
    from {{ ref('fct_beschikbaarheid') }} as gegeven
    left join declarant
        on gegeven.pseudo_id = declarant.pseudo_id
    where gegeven.pseudo_id is not null
),

telling as (
    {% for groep in groepen %}
        select
            kant,
            {{ 'bron_id' if 'bron' in groep else "'TOTAAL'" }} as bron_id,
            {{ 'sector' if 'sector' in groep else "'TOTAAL'" }} as sector,
            periode,
            count(distinct pseudo_id) as n_personen,
            count(distinct case when not is_gekoppeld then pseudo_id end) as n_niet_gekoppeld,
            count(distinct case when pseudo_id not like 'p%' then pseudo_id end) as n_zonder_bsn
        from persoon
        {{ 'where sector is not null' if 'sector' in groep }}
        group by
            kant,
            {{ 'bron_id,' if 'bron' in groep }}
            {{ 'sector,' if 'sector' in groep }}
            periode
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select
    kant,
    bron_id,
    sector,
    periode,
    n_personen,
    n_niet_gekoppeld,
    n_zonder_bsn,
    {{ verhouding('n_niet_gekoppeld', 'n_personen') }} as aandeel_niet_gekoppeld
from telling
