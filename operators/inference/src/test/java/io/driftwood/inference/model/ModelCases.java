package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** At least one case for every entry of the catalogue: an entry without one fails the suites that use this. */
final class ModelCases {

    private static final Settings STANDARDISE =
            Settings.of("mean", 70.0, "sd", 7.0);

    private static final Map<String, List<ModelCase>> BY_ENTRY = Map.of(
            "glm", List.of(
                    glm("bernoulli"),
                    glm("bernoulli, flat", "prior", Map.of("default", Settings.of("type", "flat"))).around(0.3, -0.2, 0.5)));

    private ModelCases() {}

    static Stream<ModelCase> all() {
        return Models.CATALOGUE.entries().stream().flatMap(entry -> of(entry).stream());
    }

    static Stream<ModelCase> proper() { return all().filter(c -> c.model().hasProperPrior()); }

    private static List<ModelCase> of(Entry<? extends Model> entry) {
        List<ModelCase> cases = BY_ENTRY.get(entry.name());
        if (cases == null) {
            throw new AssertionError("the model " + entry.name() + " has no case in ModelCases");
        }
        return cases;
    }

    private static ModelCase glm(String family, Object... more) {
        List<Object> settings = new ArrayList<>(List.of("type", "glm", "family", family.split(",")[0], "response", "y",
                "features", List.of("a", "b"), "intercept", true, "standardise", Map.of("a", STANDARDISE)));
        settings.addAll(List.of(more));
        return ModelCase.of("glm " + family, Models.CATALOGUE.build(Settings.of(settings.toArray())));
    }
}
