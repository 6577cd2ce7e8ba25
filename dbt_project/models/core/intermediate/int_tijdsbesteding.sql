-- Time spent on a GZ321 prestatie. It shares the fate of the prestatie: refused with it, credited
-- with it.
{{ decl_onder_prestatie(
    'stg_decl_tijdsbesteding',
    [
        'soort_behandelaar',
        'beroep',
        'begindatum',
        'einddatum',
        'aantal_direct',
        'aantal_indirect',
        'debet_credit'
    ],
    [
        'deel.soort_behandelaar',
        'deel.beroep',
        'deel.begindatum',
        'deel.einddatum',
        'deel.tijdseenheid',
        'deel.aantal_direct',
        'deel.aantal_indirect',
        'deel.debet_credit'
    ]
) }}
