-- Patients per zorgaanbieder and year, and who of them had the treatment there.
{{ behandeld_onder_patienten('praktijkvariatie_liesbreukoperatie', 'liesbreukoperatie') }}
