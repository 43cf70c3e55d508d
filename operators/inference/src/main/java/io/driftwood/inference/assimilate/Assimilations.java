package io.driftwood.inference.assimilate;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;

/** Every way to let in an observation that is too informative to be taken by reweighting alone. */
public final class Assimilations {

    public static final Catalogue<Assimilation> CATALOGUE = Catalogue.of("assimilation",
            Entry.of("adaptive-tempering", "By degrees: as far as the weights allow, then resample and move, until it is in. Evidence consistent.",
                    s -> new Assimilation(false, Leap.NONE)),
            Entry.of("tuned-path", "Every particle is led from the posterior before to the one after by tuned Langevin steps, and weighed against its way back; by degrees where that fails. Evidence consistent.",
                    s -> new Assimilation(false, new TunedLeap(s)), TunedLeap.OPTIONS.toArray(Option[]::new)),
            Entry.of("reweighting", "At once: reweight, whatever that leaves, and then resample and move. The textbook's recursion; evidence is poor when few particles are left.",
                    s -> new Assimilation(true, Leap.NONE)));

    private Assimilations() {}
}
