"""The Wlz part of a region as a whole: made at once, written, and kept for faults and truth."""

from __future__ import annotations

from dataclasses import dataclass

from synthetic.fouten import Fouten
from synthetic.kans import generator
from synthetic.leveringen import Leveringen
from synthetic.wereld import Wereld
from synthetic.wlz.fouten import plant_wlz_faults
from synthetic.wlz.levering import (
    JAREN_WLZ,
    SCHADUW,
    WACHTLIJST,
    scale,
    write_indications,
    write_shadow_lists,
    write_waiting_list,
)
from synthetic.wlz.personen import (
    Aanbieders,
    Geindiceerden,
    load_aanbieders,
    make_indicated,
    planted_share,
)
from synthetic.wlz.rechtmatigheid import write_lawfulness
from synthetic.wlz.schaduw import Schaduw, make_shadow
from synthetic.wlz.standen import Standen, make_states
from synthetic.wlz.stroom import groups, make_waiting


@dataclass(frozen=True)
class WlzGebied:
    """The Wlz part of a region.

    Attributes:
        wereld: tables of the region.
        aanbieders: care providers.
        personen: persons with an indication.
        standen: the national list.
        schaduw: own lists of care providers.
    """

    wereld: Wereld
    aanbieders: Aanbieders
    personen: Geindiceerden
    standen: Standen
    schaduw: Schaduw

    def write(self, leveringen: Leveringen) -> None:
        """Write the deliveries of all years."""
        write_indications(leveringen, self.personen, self.wereld)
        write_waiting_list(leveringen, self.standen, self.personen, self.aanbieders, self.wereld)
        write_shadow_lists(leveringen, self.schaduw, self.personen, self.aanbieders)
        write_lawfulness(leveringen)

    def plant(self, fouten: Fouten, bsns: tuple[str, str]) -> None:
        """Plant faults; the lists of the second year end in September, which must stand out."""
        plant_wlz_faults(fouten, self.standen, self.personen, self.aanbieders, self.wereld, bsns)
        jaar = JAREN_WLZ[1]
        fouten.afwijkingen += [
            (WACHTLIJST[0], jaar, "ANALYSE-AANTAL", "reg_wlz_wachtlijst", ""),
            (SCHADUW[0], jaar, "ANALYSE-VERDELING", "reg_wlz_schaduwlijst", "*"),
        ]


def make_wlz(personen: int, wereld: Wereld) -> WlzGebied:
    """Make the Wlz part of a region.

    Args:
        personen: inhabitants of the region; they decide the scale, see ``levering.scale``.
        wereld: tables of the region.

    Returns:
        Everything that is delivered and counted.
    """
    schaal, aanbieders = scale(personen), load_aanbieders(wereld)
    rng = generator(wereld.seed, "wlz-wachtlijst")
    groepen = groups(schaal, planted_share(aanbieders, wereld))
    wachters = make_waiting(rng, groepen)
    rng = generator(wereld.seed, "wlz-personen")
    geindiceerden = make_indicated(rng, schaal, groepen, wachters, aanbieders, wereld)
    standen = make_states(rng, groepen, wachters, geindiceerden)
    rng = generator(wereld.seed, "wlz-schaduw")
    schaduw = make_shadow(rng, standen, geindiceerden, aanbieders, wereld)
    return WlzGebied(wereld, aanbieders, geindiceerden, standen, schaduw)
