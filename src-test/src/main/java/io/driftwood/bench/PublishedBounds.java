package io.driftwood.bench;

import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.target.Targets;
import io.driftwood.inference.variational.Method;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A posterior of the published comparison of Langevin paths, its published bounds and its log-evidence as known by other means.
 *
 * <p>Source: [1] Geffner and Domke (2023), Langevin diffusion variational inference, AISTATS, the tables of its five models, in nats.
 *
 * @param logEvidence by long annealed runs, quadrature or particle filters
 * @param bounds for K = 8, 16, 32, 64, 128, 256 those of the methods in the order of {@link #METHODS}
 */
record PublishedBounds(String name, Map<String, Object> options, double logEvidence, double[][] bounds) {

    static final List<Method> METHODS = List.of(Method.ULA, Method.MCD, Method.UHA, Method.LDVI, Method.UHA_EM, Method.LDVI_EM);
    static final List<Integer> BRIDGES = List.of(8, 16, 32, 64, 128, 256);

    private static final double[][] IONOSPHERE = {
        {-116.4, -114.6, -115.6, -114.4, -117.7, -115.5}, {-115.4, -113.6, -114.4, -113.1, -115.9, -113.8},
        {-114.5, -112.9, -113.4, -112.4, -114.6, -112.9}, {-113.8, -112.5, -112.8, -112.1, -113.6, -112.4},
        {-113.1, -112.2, -112.3, -111.9, -113.1, -112.1}, {-112.7, -112.1, -112.1, -111.7, -112.5, -111.9}};
    private static final double[][] SONAR = {
        {-122.4, -117.2, -120.1, -116.3, -124.1, -118.5}, {-119.9, -114.4, -116.8, -112.6, -119.9, -114.4},
        {-117.4, -112.4, -113.9, -110.6, -116.4, -111.7}, {-115.3, -111.1, -111.9, -109.7, -113.8, -110.3},
        {-113.5, -110.2, -110.6, -109.1, -111.9, -109.6}, {-112.1, -109.7, -109.7, -108.9, -110.7, -109.1}};
    private static final double[][] SEEDS = {
        {-75.5, -75.1, -74.9, -74.9, -75.9, -75.5}, {-75.2, -74.6, -74.6, -74.5, -75.1, -75.1},
        {-74.9, -74.3, -74.2, -74.2, -74.8, -74.8}, {-74.6, -74.1, -74.1, -73.9, -74.4, -74.4},
        {-74.3, -73.9, -73.8, -73.7, -74.1, -74.1}, {-74.1, -73.7, -73.7, -73.6, -73.9, -73.7}};
    private static final double[][] BROWNIAN = {
        {-1.9, -1.4, -1.6, -1.1, -2.8, -2.8}, {-1.5, -0.8, -1.1, -0.5, -2.2, -1.4}, {-1.1, -0.4, -0.5, 0.1, -1.6, -0.5},
        {-0.7, -0.1, 0.1, 0.5, -0.9, 0.1}, {-0.3, 0.2, 0.4, 0.7, -0.4, 0.4}, {-0.1, 0.5, 0.6, 0.9, 0.1, 0.6}};
    private static final double[][] LORENZ = {
        {-1168.2, -1168.1, -1166.3, -1166.1, -1170.5, -1170.5}, {-1165.7, -1165.6, -1163.1, -1162.2, -1169.8, -1166.8},
        {-1163.2, -1163.3, -1160.3, -1157.6, -1167.9, -1162.9}, {-1160.9, -1161.1, -1157.7, -1153.7, -1161.3, -1161.4},
        {-1158.9, -1158.9, -1155.4, -1153.1, -1158.1, -1163.4}, {-1157.2, -1157.1, -1153.3, -1151.1, -1163.1, -1154.6}};

    /** The posteriors whose data are here, or in a given file. */
    static List<PublishedBounds> all(Map<String, Path> data) throws IOException {
        List<PublishedBounds> all = new ArrayList<>();
        all.add(new PublishedBounds("ionosphere", Map.of("type", "logistic", "data", resource("ionosphere")), -111.607, IONOSPHERE));
        all.add(new PublishedBounds("sonar", Map.of("type", "logistic", "data", resource("sonar")), -108.383, SONAR));
        all.add(new PublishedBounds("seeds", Map.of("type", "seeds"), -73.407, SEEDS));
        Map<String, PublishedBounds> absent = new LinkedHashMap<>();
        absent.put("brownian", new PublishedBounds("brownian", Map.of("type", "brownian"), 1.188, BROWNIAN));
        absent.put("lorenz", new PublishedBounds("lorenz", Map.of("type", "lorenz"), -29.205, LORENZ));
        for (PublishedBounds one : absent.values()) {
            if (data.containsKey(one.name)) {
                Map<String, Object> options = new LinkedHashMap<>(one.options);
                options.put("observations", rows(Files.readAllLines(data.get(one.name))));
                all.add(new PublishedBounds(one.name, options, one.logEvidence, one.bounds));
            }
        }
        return all;
    }

    /** A sentence for each posterior whose data are neither here nor given. */
    static List<String> absent(Map<String, Path> data) {
        return Stream.of("brownian", "lorenz").filter(name -> !data.containsKey(name))
                .map(name -> name + ": its observations may not be kept here; give them by --data " + name + "=FILE").toList();
    }

    Target target() {
        Shape.Struct root = (Shape.Struct) Shape.struct(Option.required("target", Shape.variant(Targets.CATALOGUE), ""));
        return Targets.CATALOGUE.build(Checker.check(root, Map.of("target", options)).orThrow().struct("target")).target();
    }

    double bound(int bridges, Method method) { return bounds[BRIDGES.indexOf(bridges)][METHODS.indexOf(method)]; }

    private static List<List<Double>> resource(String name) throws IOException {
        try (InputStream in = PublishedBounds.class.getResourceAsStream("/data/" + name + ".csv")) {
            return rows(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
    }

    /** Without the header; an empty field is missing. */
    private static List<List<Double>> rows(List<String> lines) {
        List<List<Double>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<Double> row = new ArrayList<>();
            for (String field : line.split(",", -1)) {
                row.add(field.isBlank() ? Double.NaN : Double.valueOf(field));
            }
            rows.add(row);
        }
        return rows;
    }
}
