-- What the build was made of: per core table the number of rows and a checksum of their content.
-- Every way from a source to a mart leads through one of these; a test follows them all. So does
-- what differs between two builds of the same content and code: which definitions are accepted.
-- Neither depends on the order, repetition or batching of deliveries, so the provenance of refused
-- rows is left out.
{% set tabellen = [
    'correctie_declaraties',
    'dim_persoon',
    'dim_regio',
    'dim_regio_historie',
    'dim_verzekeraar',
    'dim_verzekeraar_historie',
    'dim_zorgaanbieder',
    'dim_zorgaanbieder_historie',
    'dq_resultaat',
    'dq_score',
    'eenheid_van_taal',
    'fct_alert',
    'fct_behandelaanwijzing',
    'fct_behandeling',
    'fct_beschikbaarheid',
    'fct_contact',
    'fct_diagnose',
    'fct_medicatie',
    'fct_meting',
    'fct_opname',
    'fct_prestatie',
    'fct_prestatie_historie',
    'fct_rechtmatigheid',
    'fct_seh_contact',
    'fct_tijdsbesteding',
    'fct_vektis_kosten',
    'fct_vektis_verzekerden',
    'fct_verrichting',
    'fct_vragenlijst',
    'fct_wachttijd',
    'fct_wlz_bevinding',
    'fct_wlz_indicatie',
    'fct_wlz_schaduwlijst',
    'fct_wlz_wachtlijst',
    'fct_zorgactiviteit',
    'fct_zorgplan',
    'fct_zorgtraject',
    'int_aanbieder_opvolging',
    'int_chronisch_aantal',
    'int_dq_totaal',
    'int_oudere_jaar',
    'int_postcode_jaar',
    'int_regio_bevolking',
    'int_spiegel_akkoord',
    'koppeling_declaraties',
    'quarantaine_bouw'
] %}
{% for tabel in tabellen %}
    {% set kolommen = kolommen_van(ref(tabel), ['levering_id', 'bestand', 'regel']) %}
    select
        '{{ tabel }}' as tabel,
        count(*) as aantal,
        cast(coalesce(sum({{ inhoud_getal(kolommen) }}), 0) as varchar) as controlesom
    from {{ ref(tabel) }}
    {% if not loop.last %}
        union all
    {% endif %}
{% endfor %}
