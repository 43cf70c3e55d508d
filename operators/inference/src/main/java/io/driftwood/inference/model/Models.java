package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;

/** The built-in models. */
public final class Models {

    public static final Catalogue<Model> CATALOGUE = Catalogue.of("model",
            Entry.of("glm", "Generalised linear model: a response explained by features.", GlmOptions::build, GlmOptions.ALL),
            Entry.of("normal-known-variance", "Normal observations of known sd about an unknown mean; exact posterior.",
                    NormalKnownVariance::build, NormalKnownVariance.OPTIONS),
            Entry.of("normal", "Normal observations of unknown mean and variance; exact posterior.",
                    NormalUnknownVariance::build, NormalUnknownVariance.OPTIONS),
            Entry.of("oring", "O-ring failure by temperature, with the proper prior or the lecture's improper one.",
                    Oring::build, Oring.OPTIONS),
            Entry.of("random-effects", "Random-effect logistic regression of grouped counts on two covariates and their interaction.",
                    RandomEffects::build, RandomEffects.OPTIONS));

    private Models() {}
}
