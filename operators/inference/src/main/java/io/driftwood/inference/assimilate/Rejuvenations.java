package io.driftwood.inference.assimilate;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.particle.Resampler;
import java.util.function.Function;

/** Every way to rejuvenate a population that a job can name. An entry builds from its settings a function of the resampler. */
public final class Rejuvenations {

    /** What an entry builds: a rejuvenation that still lacks its resampler. */
    public static final class Builder {

        private final Function<Resampler, Rejuvenation> build;

        private Builder(Function<Resampler, Rejuvenation> build) { this.build = build; }

        public Rejuvenation with(Resampler resampler) { return build.apply(resampler); }
    }

    public static final Catalogue<Builder> CATALOGUE = Catalogue.of("rejuvenation",
            Entry.of("until-moved", "Resample, then move until the mean squared jump reaches a share of that between independent draws.",
                    s -> new Builder(r -> new ResampleMove(r, s.count("max-moves"), s.number("share"))),
                    Option.withDefault("share", Shape.fraction(), 0.4, "share of the independent squared jump to reach"),
                    Option.withDefault("max-moves", Shape.integer(1, 4000), 20L, "moves after which to go on all the same")),
            Entry.of("fixed", "Resample, then a fixed number of moves.",
                    s -> fixed(s.count("moves")),
                    Option.withDefault("moves", Shape.integer(1, 4000), 3L, "moves per rejuvenation")),
            Entry.of("waste-free", "Resample few ancestors, move each often, and keep every state on the way (Dau and Chopin 2022).",
                    s -> new Builder(r -> new WasteFree(r, s.count("length"))),
                    Option.withDefault("length", Shape.integer(2, 1000), 10L, "states kept of each ancestor's chain")));

    private Rejuvenations() {}

    /** Resample, then exactly so many moves. */
    public static Builder fixed(int moves) { return new Builder(r -> new ResampleMove(r, moves, Double.POSITIVE_INFINITY)); }
}
