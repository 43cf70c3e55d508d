package io.driftwood.inference.particle;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;

/** The resampling schemes that can be chosen. */
public final class Resamplers {

    /** What is used when nothing is said. */
    public static final String DEFAULT = "systematic";

    public static final Catalogue<Resampler> CATALOGUE = Catalogue.of("resampler",
            Entry.of("systematic", "One uniform, shifted by 1/N: the least noise in practice. The default.",
                    settings -> new SystematicResampler()),
            Entry.of("stratified", "One uniform in each of N equal strata.",
                    settings -> new StratifiedResampler()),
            Entry.of("ssp", "Srinivasan sampling process: as little noise as systematic, and negatively associated, hence consistent in any order.",
                    settings -> new SspResampler()),
            Entry.of("residual", "The whole part of N W is certain, the rest multinomial.",
                    settings -> new ResidualResampler()),
            Entry.of("multinomial", "Independent draws: the most noise, the simplest theory.",
                    settings -> new MultinomialResampler()));

    private Resamplers() {}
}
