-- What was granted on each declared line that came as FHIR, in eurocents. Granted on the whole is
-- divided over the lines by what was declared, to the cent. Lines of which nothing is known are
-- left out, and so are those that only the insurer has.
with per_regel as (
    select
        zaak_sleutel,
        regel_nr,
        regel_volgnr,
        sum(toegekend_cent) as toegekend_cent,
        max(bekend_op) as toegekend_op
    from {{ ref('int_toegekend_fhir') }}
    where not toegevoegd and toegekend_cent is not null
    group by zaak_sleutel, regel_nr, regel_volgnr
),

los as (
    select
        zaak_sleutel,
        sum(toegekend_cent) as toegekend_cent,
        max(bekend_op) as toegekend_op
    from {{ ref('int_toegekend_fhir') }}
    where toegevoegd is null
    group by zaak_sleutel
),

geteld as (
    select
        tabel,
        resource_sleutel,
        identificatie,
        zaak_sleutel,
        sum(greatest(coalesce(bedrag_cent, 0), 0)) over (
            partition by zaak_sleutel
            order by identificatie asc
            rows between unbounded preceding and current row
        ) as tot_en_met,
        greatest(coalesce(bedrag_cent, 0), 0) as gewicht,
        sum(greatest(coalesce(bedrag_cent, 0), 0)) over (partition by zaak_sleutel) as totaal,
        row_number() over (partition by zaak_sleutel order by identificatie asc) as volgnr
    from {{ ref('int_declaratieregel_fhir') }}
),

verdeeld as (
    select
        geteld.tabel,
        geteld.resource_sleutel,
        geteld.identificatie,
        los.toegekend_op,
        case
            when geteld.totaal = 0 and geteld.volgnr = 1 then los.toegekend_cent
            when geteld.totaal = 0 then 0
            else
                cast(
                    round(los.toegekend_cent * (geteld.tot_en_met / nullif(geteld.totaal, 0)))
                    - round(
                        los.toegekend_cent
                        * ((geteld.tot_en_met - geteld.gewicht) / nullif(geteld.totaal, 0))
                    ) as bigint
                )
        end as toegekend_cent
    from geteld
    inner join los on geteld.zaak_sleutel = los.zaak_sleutel
)

select
    declaratie.tabel,
    declaratie.resource_sleutel,
    declaratie.identificatie,
    coalesce(per_regel.toegekend_cent, 0) + coalesce(verdeeld.toegekend_cent, 0) as toegekend_cent,
    greatest(per_regel.toegekend_op, verdeeld.toegekend_op) as toegekend_op
from {{ ref('int_declaratieregel_fhir') }} as declaratie
left join per_regel
    on
        declaratie.zaak_sleutel = per_regel.zaak_sleutel
        and declaratie.regel_nr = per_regel.regel_nr
        and declaratie.regel_volgnr = per_regel.regel_volgnr
left join verdeeld
    on
        declaratie.tabel = verdeeld.tabel
        and declaratie.resource_sleutel = verdeeld.resource_sleutel
        and declaratie.identificatie = verdeeld.identificatie
where per_regel.zaak_sleutel is not null or verdeeld.identificatie is not null
