-- Care activities inside a ZH308 prestatie. They share its fate: refused with it, credited with it.
{{ decl_onder_prestatie(
    'stg_decl_zorgactiviteit',
    ['zorgactiviteitcode', 'begindatum', 'aantal', 'debet_credit'],
    [
        'prestatie.specialisme',
        'prestatie.diagnosecode',
        'deel.zorgactiviteitcode',
        'deel.begindatum',
        'deel.aantal',
        'deel.tijdseenheid',
        'deel.debet_credit',
        'prestatie.bekend_op'
    ]
) }}
