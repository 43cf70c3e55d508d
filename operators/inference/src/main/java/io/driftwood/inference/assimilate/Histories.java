package io.driftwood.inference.assimilate;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;

/** Every history policy that a job can name. */
public final class Histories {

    public static final Catalogue<History> CATALOGUE = Catalogue.of("history",
            Entry.of("full", "Every observation counts fully, for ever. Exact; memory per key and the cost of a move grow with the stream.",
                    s -> new FullHistory()),
            Entry.of("sliding-window", "The last observations only. Bounded memory; the log-evidence is a score of the window, not p(y_1..y_t).",
                    s -> new SlidingWindow(s.count("length")),
                    Option.required("length", Shape.count(), "observations kept per key")),
            Entry.of("discount", "Older observations fade: weight lambda^age. Bounded memory; the log-evidence is a score.",
                    s -> new Discount(s.number("lambda"), s.number("forget-below")),
                    Option.required("lambda", Shape.openFraction(), "what an observation's weight is multiplied by with every later one; the memory is about 1/(1-lambda) observations"),
                    Option.withDefault("forget-below", Shape.openFraction(), 1e-3, "an observation whose weight falls below this is forgotten")),
            Entry.of("sufficient-statistics", "A few numbers per key; posterior and log-evidence are exact. For conjugate models only.",
                    s -> new SufficientStatistics()));

    private Histories() {}
}
