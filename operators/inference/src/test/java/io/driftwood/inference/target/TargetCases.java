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

    private static final Table ATOMS = table(new double[] {0, 1}, new double[] {-1, 0.5}, new double[] {2, -1}, new double[] {0.3, 0.3},
            new double[] {-1.5, -2});
    private static final Table DATA = table(new double[] {0.5, -1, 1}, new double[] {1.2, 0.3, 0}, new double[] {-0.6, 0.8, 1}, new double[] {0.1, 2, 0});
    private static final Table SERIES = table(new double[] {0, 0.2}, new double[] {1, Double.NaN}, new double[] {2, -0.1}, new double[] {3, 0.4});

    private static final Map<String, List<TargetCase>> BY_ENTRY = Map.ofEntries(
            cases("gaussian",
                    of("gaussian", "mean", List.of(1.0, -2.0), "sd", List.of(0.5, 3.0)),
                    of("gaussian", "mean", List.of(1.0, -2.0), "sd", 1.0, "covariance", table(new double[] {2, 0.9}, new double[] {0.9, 1}))),
            cases("gaussian-mixture",
                    of("gaussian-mixture", "means", table(new double[] {-3}, new double[] {3}), "weights", List.of(1.0, 4.0), "sd", 1.0),
                    of("gaussian-mixture", "means", table(new double[] {-1, 0}, new double[] {2, 1}),
                            "sd", table(new double[] {1, 0.4}, new double[] {0.5, 2})),
                    of("gaussian-mixture", "means", table(new double[] {-1, 0}, new double[] {2, 1}), "sd", 1.0,
                            "covariances", List.of(table(new double[] {1, 0.4}, new double[] {0.4, 0.5})))),
            cases("empirical",
                    of("empirical", "atoms", ATOMS, "weights", List.of(1.0, 2.0, 0.5, 1.0, 1.0), "bandwidth", 0.7),
                    of("empirical", "atoms", ATOMS, "bandwidth", 1.3, "neighbours", 5L)),
            cases("funnel", of("funnel", "dimension", 4L, "sd", 1.5)),
            cases("banana", of("banana", "sd", 2.0, "bend", 0.4)),
            cases("double-well", of("double-well", "dimension", 2L, "barrier", 3.0, "distance", 1.5)),
            cases("posterior",
                    of("posterior", "model", Settings.of("type", "normal-known-variance", "response", "y", "sd", 2.0,
                            "prior", Settings.of("mean", 5.0, "sd", 3.0)), "data", table(new double[] {4}, new double[] {Double.NaN}, new double[] {7})),
                    of("posterior", "model", Settings.of("type", "glm", "family", "bernoulli", "response", "y", "features", List.of("b", "a")),
                            "data", new Table(List.of("a", "y", "b"), new double[][] {{0.5, 1, -1}, {-2, 0, 0.4}, {1, 1, 2}}))),
            cases("logistic", of("logistic", "data", DATA, "standardise", true, "prior-sd", 1.5)),
            cases("seeds", of("seeds", "effects", "centred"), of("seeds", "effects", "standardised")),
            cases("oring", of("oring", "prior", "proper").around(0.2, -1.2, -0.23), of("oring", "prior", "lecture").around(0.2, -1.2, -0.23)),
            cases("brownian", of("brownian", "observations", SERIES)),
            cases("lorenz", of("lorenz", "observations", SERIES).around(0.1)),
            cases("neuron",
                    of("neuron", "data", DATA, "gain", 2.0, "activation", "tanh", "prior-sd", 1.5),
                    of("neuron", "data", DATA, "gain", 2.0, "activation", "logistic", "prior-sd", 1.0)),
            cases("product-signs", of("product-signs", "fields", List.of(0.4, -1.1, 0.0))),
            cases("ising",
                    of("ising", "rows", 2L, "columns", 3L, "coupling", 0.6, "field", -0.2),
                    of("ising", "couplings", table(new double[] {0, 0.8, -0.3}, new double[] {0.8, 0, 0.5}, new double[] {-0.3, 0.5, 0}), "field", 0.1)),
            cases("patterns", of("patterns", "patterns", table(new double[] {1, 1, -1, 1}, new double[] {-1, 1, 1, -1}, new double[] {1, -1, -1, -1}),
                    "weights", List.of(1.0, 2.0, 1.5), "alpha", 0.8)));

    private TargetCases() {}

    static Stream<TargetCase> all() { return Targets.CATALOGUE.entries().stream().flatMap(entry -> of(entry).stream()); }

    /** On R^d. */
    static Stream<TargetCase> real() { return all().filter(c -> c.problem().target().domain() == Domain.REAL); }

    /** On signs. */
    static Stream<TargetCase> signs() { return all().filter(c -> c.problem().target().domain() == Domain.SIGNS); }

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
