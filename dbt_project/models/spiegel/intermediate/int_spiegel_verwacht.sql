-- What every stratum of persons is compared with in a group of figures: teller and noemer of all
-- units of the level in the country together, over persons who are alike in what the case-mix model
-- of the definition compares (indirect standardisation), and the same by the plain model. It is the
-- level that counts and not persons, because someone can be a patient of two care providers; so the
-- expected tellers of a level add up to its tellers. docs/statistiek.md says how small strata go.
{% set plekken = ['k1', 'k2', 'k3', 'k4'] %}
{% set basis_plekken = ['b1', 'b2'] %}
with totaal as (
    select
        reeks_nr,
        stratum_nr,
        sum(n_personen) as n_personen,
        sum(teller) as teller,
        sum(noemer) as noemer
    from {{ ref('int_spiegel_stratum') }}
    group by reeks_nr, stratum_nr
),

-- The model of the register and the one that every figure is held beside.
model as (
    select
        definitie.definitie_nr,
        definitie.minimum_personen as minimum,
        {% for k in plekken -%}
            split_part(definitie.kenmerken, ';', {{ loop.index }}) as {{ k }},
        {% endfor -%}
        {% for k in basis_plekken -%}
            split_part(coalesce(basis.kenmerken, ''), ';', {{ loop.index }}) as {{ k }},
        {% endfor -%}
        cast(basis.minimum_personen as integer) as basis_minimum
    from {{ ref('int_spiegel_definitie') }} as definitie
    cross join {{ ref('ref_casemix') }} as basis
    where basis.casemix_versie = '{{ var("casemix_basis") }}'
),

per_groep as (
    select
        {{ groep_nr('totaal.reeks_nr', 'uitsplitsing.uitsplitsing_nr') }} as groep_nr,
        totaal.stratum_nr,
        totaal.n_personen,
        totaal.teller,
        totaal.noemer,
        {% for k in plekken + basis_plekken -%}
            case model.{{ k }}
                when 'leeftijdsklasse' then uitsplitsing.leeftijdsklasse_nr
                when 'geslacht' then uitsplitsing.geslacht_nr
                when 'welvaart_kwintiel' then uitsplitsing.welvaart_kwintiel_nr
                when 'chronisch' then uitsplitsing.chronisch_nr
                else 0
            end as {{ k }},
        {% endfor -%}
        model.minimum,
        model.basis_minimum
    from totaal
    inner join {{ ref('int_spiegel_reeks') }} as reeks
        on totaal.reeks_nr = reeks.reeks_nr
    inner join model
        on reeks.definitie_nr = model.definitie_nr
    inner join {{ ref('int_spiegel_uitsplitsing') }} as uitsplitsing
        on
            totaal.stratum_nr = uitsplitsing.stratum_nr
            and (reeks.basis = 'TOTAAL' or uitsplitsing.uitsplitsing = 'TOTAAL')
),

{{ samengevoegd('gekozen', 'per_groep', plekken, 'minimum') }},

{{ samengevoegd('basis', 'per_groep', basis_plekken, 'basis_minimum') }}

select
    gekozen.groep_nr,
    gekozen.stratum_nr,
    gekozen.teller,
    gekozen.noemer,
    basis.teller as basis_teller,
    basis.noemer as basis_noemer
from gekozen
inner join basis
    on
        gekozen.groep_nr = basis.groep_nr
        and gekozen.stratum_nr = basis.stratum_nr
