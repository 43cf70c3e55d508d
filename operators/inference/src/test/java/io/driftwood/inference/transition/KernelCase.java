package io.driftwood.inference.transition;

import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An entry of the catalogue with its defaults, and once more with options under which it is another kernel. */
record KernelCase(String name, Transition transition) {

    private static final Map<String, Map<String, Object>> VARIANTS = Map.of(
            "hmc", Map.of("refresh", 0.8, "integration-time", 0.4),
            "ula", Map.of("taming", true),
            "obab", Map.of("refresh", "euler"),
            "proximal", Map.of("smoothness", 2.0),
            "dula", Map.of("domain", "one-hot"),
            "dmala", Map.of("domain", "one-hot"),
            "two-stage", Map.of("metropolis", false));

    static Stream<KernelCase> all() {
        return Transitions.CATALOGUE.entries().stream().flatMap(entry -> Stream.concat(Stream.of(Map.<String, Object>of()),
                VARIANTS.containsKey(entry.name()) ? Stream.of(VARIANTS.get(entry.name())) : Stream.of()).map(options -> of(entry, options)));
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
