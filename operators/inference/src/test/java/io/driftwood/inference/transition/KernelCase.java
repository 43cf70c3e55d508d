package io.driftwood.inference.transition;

import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An entry of the catalogue with its defaults, and once more with options under which it is another kernel. */
record KernelCase(String name, Transition transition) {

    private static final Map<String, List<Map<String, Object>>> VARIANTS = Map.of(
            "hmc", List.of(Map.of("integrator", "leapfrog"), Map.of("integrator", "leapfrog", "refresh", 0.8, "integration-time", 2.0, "max-steps", 1L)),
            "ula", List.of(Map.of("taming", true)),
            "obab", List.of(Map.of("refresh", "euler")),
            "proximal", List.of(Map.of("smoothness", 2.0)),
            "dula", List.of(Map.of("domain", "one-hot")),
            "dmala", List.of(Map.of("domain", "one-hot")),
            "two-stage", List.of(Map.of("metropolis", false), Map.of("domain", "one-hot"), Map.of("domain", "one-hot", "metropolis", false)));

    /** In place of a default under which next to nothing is rejected in three dimensions, which would test nothing. */
    private static final Map<String, Map<String, Object>> ROUGH = Map.of("hmc", Map.of("integration-time", 3.0));

    static Stream<KernelCase> all() {
        return Transitions.CATALOGUE.entries().stream().flatMap(entry -> Stream.concat(
                Stream.of(ROUGH.getOrDefault(entry.name(), Map.of())), VARIANTS.getOrDefault(entry.name(), List.of()).stream())
                .map(options -> of(entry, options)));
    }

    private static KernelCase of(Entry<? extends Transition> entry, Map<String, Object> options) {
        Map<String, Object> values = new LinkedHashMap<>(entry.defaults().values());
        values.putAll(options);
        String name = entry.name() + String.join("", List.copyOf(options.keySet()).stream().sorted().map(key -> " " + key + "=" + options.get(key)).toList());
        return new KernelCase(name, entry.build().apply(new Settings("", values)));
    }

    @Override
    public String toString() { return name; }
}
