package io.driftwood.bench;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Logistic regressions to measure on: the response first, then the features. */
record Streams(String name, Model model, List<Observation> observations) {

    /** Ionosphere (Sigillito et al. 1989): 351 rows, 34 features standardised over all rows. */
    static Streams ionosphere() throws IOException { return of("ionosphere, 34 features, 351 rows", resource("ionosphere")); }

    /** Sonar (Gorman and Sejnowski 1988): 208 rows, 60 features standardised over all rows. */
    static Streams sonar() throws IOException { return of("sonar, 60 features, 208 rows", resource("sonar")); }

    private static List<double[]> resource(String name) throws IOException {
        List<double[]> rows = new ArrayList<>();
        try (InputStream in = Streams.class.getResourceAsStream("/data/" + name + ".csv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                double[] values = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
                double[] row = new double[values.length];
                row[0] = values[values.length - 1];
                System.arraycopy(values, 0, row, 1, values.length - 1);
                rows.add(row);
            }
        }
        standardise(rows);
        return rows;
    }

    /** A made-up stream: standard normal features, coefficients drawn from the prior. */
    static Streams simulated(int features, int count) {
        SplittableRandom random = new SplittableRandom(20_261_122);
        double[] coefficients = IntStream.rangeClosed(0, features).mapToDouble(j -> random.nextGaussian()).toArray();
        List<double[]> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            double[] row = new double[features + 1];
            double eta = coefficients[0];
            for (int j = 1; j <= features; j++) {
                row[j] = random.nextGaussian();
                eta += coefficients[j] * row[j];
            }
            row[0] = random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
            rows.add(row);
        }
        return of("simulated, " + features + " features, " + count + " rows", rows);
    }

    private static Streams of(String name, List<double[]> rows) {
        int features = rows.get(0).length - 1;
        List<String> names = IntStream.rangeClosed(1, features).mapToObj(j -> "x" + j).toList();
        Model model = Models.CATALOGUE.find("glm").orElseThrow().build()
                .apply(Settings.of("family", "bernoulli", "response", "y", "features", names, "intercept", true));
        List<Observation> observations = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            observations.add(new Observation("all", Observation.NO_TIME, rows.get(r), name, r + 1));
        }
        return new Streams(name, model, observations);
    }

    /** Minus mean, by population standard deviation; a constant column is divided by 1. */
    private static void standardise(List<double[]> rows) {
        int n = rows.size();
        for (int column = 1; column < rows.get(0).length; column++) {
            int j = column;
            double mean = rows.stream().mapToDouble(r -> r[j]).sum() / n;
            double variance = rows.stream().mapToDouble(r -> (r[j] - mean) * (r[j] - mean)).sum() / n;
            double sd = variance == 0 ? 1 : Math.sqrt(variance);
            rows.forEach(r -> r[j] = (r[j] - mean) / sd);
        }
    }
}
