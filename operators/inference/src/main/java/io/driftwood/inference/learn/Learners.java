package io.driftwood.inference.learn;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.learned.Learner;

/** Every learner that a job can name. */
public final class Learners {

    /** What every learner takes. */
    private static final Option NAME = Option.withDefault("name", Shape.text("a name"), "learned", "what is learned is called in summaries; versions are counted by it");
    private static final Option FIELDS = Option.required("fields", Shape.listOf(Shape.text("a field name")), "fields of a training record that are learned from, in order");

    public static final Catalogue<Learner> CATALOGUE = Catalogue.of("learner",
            Entry.of("normal", "Mean and covariance of the training records, for a prior that is one normal distribution.",
                    s -> new NormalLearner(s.text("name"), s.texts("fields")), NAME, FIELDS));

    private Learners() {}
}
