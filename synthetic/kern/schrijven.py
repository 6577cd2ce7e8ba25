"""Write the kerngegevens set of one source, block and year beside its contacts."""

from __future__ import annotations

from synthetic.fhir_levering import BRONNEN, FhirBlok
from synthetic.kalender import JAREN
from synthetic.kans import generator
from synthetic.kern.basis import KernBlok
from synthetic.kern.labuitslagen import write_laboratory
from synthetic.kern.organisaties import write_organisations
from synthetic.kern.samenvatting import write_summary
from synthetic.kern.verslagen import write_reports
from synthetic.kern.vragenlijsten import write_questionnaires
from synthetic.kern.zorgplan import write_care


def write_set(blok: FhirBlok) -> None:
    """Write all five parts of the set.

    Args:
        blok: writer whose contacts and diagnoses of this year are written already.
    """
    part = (blok.blok * len(JAREN) + JAREN.index(blok.jaar)) * len(BRONNEN)
    rng = generator(blok.wereld.seed, "kerngegevens", part + BRONNEN.index(blok.bron))
    kern = KernBlok(blok, rng)
    write_summary(kern)
    write_laboratory(kern)
    write_reports(kern)
    write_care(kern)
    write_questionnaires(kern)
    write_organisations(blok)
