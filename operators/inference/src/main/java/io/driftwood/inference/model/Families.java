package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Settings;
import java.util.List;

/** The response distributions of {@link Glm}, by name. */
final class Families {

    static final String[] NAMES = {"bernoulli"};

    private Families() {}

    static Family build(Settings settings) {
        String name = settings.has("family") ? settings.text("family") : "bernoulli";
        return switch (name) {
            case "bernoulli" -> new Bernoulli();
            default -> throw settings.problem("family", "no such family; allowed: " + String.join(", ", List.of(NAMES)));
        };
    }
}
