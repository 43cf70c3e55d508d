package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** At least one case for every entry of the catalogue: an entry without one fails the suites that use this. */
final class TargetCases {

    private static final Map<String, List<TargetCase>> BY_ENTRY = Map.ofEntries(
            cases("gaussian",
                    of("gaussian", "mean", List.of(1.0, -2.0), "sd", List.of(0.5, 3.0)),
                    of("gaussian", "mean", List.of(1.0, -2.0), "sd", 1.0, "covariance", table(new double[] {2, 0.9}, new double[] {0.9, 1}))),
            cases("gaussian-mixture",
                    of("gaussian-mixture", "means", table(new double[] {-3}, new double[] {3}), "weights", List.of(1.0, 4.0), "sd", 1.0),
                    of("gaussian-mixture", "means", table(new double[] {-1, 0}, new double[] {2, 1}),
                            "sd", table(new double[] {1, 0.4}, new double[] {0.5, 2})),
                    of("gaussian-mixture", "means", table(new double[] {-1, 0}, new double[] {2, 1}), "sd", 1.0,
                            "covariances", List.of(table(new double[] {1, 0.4}, new double[] {0.4, 0.5})))));

    private TargetCases() {}

    static Stream<TargetCase> all() { return Targets.CATALOGUE.entries().stream().flatMap(entry -> of(entry).stream()); }

    private static List<TargetCase> of(Entry<? extends Problem> entry) {
        List<TargetCase> cases = BY_ENTRY.get(entry.name());
        if (cases == null) {
            throw new AssertionError("the target " + entry.name() + " has no case in TargetCases");
        }
        return cases;
    }

    private static Map.Entry<String, List<TargetCase>> cases(String entry, TargetCase... cases) { return Map.entry(entry, List.of(cases)); }

    private static TargetCase of(String type, Object... settings) {
        List<Object> all = new ArrayList<>(List.of("type", type));
        all.addAll(List.of(settings));
        return new TargetCase(type, Targets.CATALOGUE.build(Settings.of(all.toArray())), new double[0], 1);
    }

    private static Table table(double[]... rows) { return Table.of(rows); }
}
