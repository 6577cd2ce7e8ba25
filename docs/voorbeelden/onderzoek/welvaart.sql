-- Vraag: hoe hangen uitkomsten samen met de welvaart van de buurt waar mensen wonen?
-- Let op: kwintiel 1 is het minst welvarend. De waarde is niet gecorrigeerd voor leeftijd en
-- geslacht.
select
    i.naam as indicator,
    s.uitsplitsing_waarde as welvaart_kwintiel,
    s.noemer,
    s.waarde,
    s.ci_laag,
    s.ci_hoog,
    s.status
from onderzoek_spiegel as s
inner join ref_indicator as i
    on s.indicator_id = i.indicator_id and s.definitie_versie = i.definitie_versie
where
    s.niveau = 'landelijk' and s.uitsplitsing = 'welvaart_kwintiel'
    and s.uitsplitsing_waarde in ('1', '2', '3', '4', '5') and s.periode = '2025'
    and s.indicator_id in ('hartfalen_acute_opname', 'hba1c_op_streefwaarde', 'kosten_per_patient')
order by i.naam, s.uitsplitsing_waarde;
