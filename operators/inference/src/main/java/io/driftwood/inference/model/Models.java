package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;

/** The built-in models. */
public final class Models {

    public static final Catalogue<Model> CATALOGUE = Catalogue.of("model",
            Entry.of("glm", "Generalised linear model: a response explained by features.", GlmOptions::build, GlmOptions.ALL));

    private Models() {}
}
