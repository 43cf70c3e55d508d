package io.driftwood.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.jobs.bench.Benchmarks;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Every benchmark of {@code driftwood bench}. To add one: a class here, a line in {@link #ALL}. */
public final class BenchSuite implements Benchmarks {

    private static final List<Bench> ALL = List.of(
            new JmhBench("numeric", "Elementary functions, uniforms and normals, per number: vector, plain, and the JDK's own.", NumericBenchmark.class,
                    label -> label.replace("vector", "plain")),
            new JmhBench("score", "Logistic score per particle and row: blocked vector, blocked plain, and the plain loop over columns.",
                    LogisticScoreBenchmark.class, label -> label.replaceFirst("^\\w+", "columns")),
            new JmhBench("glm", "Density and score of a logistic regression through the model itself, per particle and row.", GlmBenchmark.class, label -> ""),
            new JmhBench("transitions", "A move of every transition on a logistic regression (35 coefficients, 351 rows), per particle: whole, and beyond its scores.",
                    TransitionBenchmark.class, label -> label.replaceFirst("^\\w+", "score")),
            new JmhBench("one-at-a-time", "MALA and HMC of one particle in plain code on the same regression, per move.", OneAtATimeBenchmark.class, label -> ""),
            new JmhBench("denoise", "One measurement into one key's denoiser, 16 dimensions and 8 components, with all its answers.", DenoiseBenchmark.class, label -> ""),
            new JmhBench("step", "One observation into one key's posterior: time and bytes allocated.", StepBenchmark.class, label -> ""),
            new JmhBench("filter", "One record into a bootstrap filter of stochastic volatility, bare and with scores: microseconds, against a plain loop.",
                    FilterBenchmark.class, label -> label.replaceFirst("^\\w+", "plainLoop")),
            new JmhBench("state", "Writing, reading and copying a key's saved state, against Kryo alone.", StateSerializerBenchmark.class, label -> ""),
            new JmhBench("wire", "Decoding a record and encoding a summary.", WireBenchmark.class, label -> ""),
            new SamplingByDenoisingBench(),
            new GlyphBench(),
            new IbisBench(),
            new AnnealBench(),
            new JmhBench("paths", "Annealed paths over eight bridges: an iteration of tuning with five, one with eight and a network, and 1024 sampled; against one path at a time in plain code.",
                    PathsBenchmark.class, label -> label.replaceFirst("^\\w+", "onePathAtATime")),
            new VariationalBench(),
            new ResampledPathsBench(),
            new FarObservationBench(),
            new OperatorBench(),
            new SensorsBench(),
            new FilterOperatorBench(),
            new DenoiseOperatorBench(),
            new LorenzBench());

    @Override
    public List<String> names() { return ALL.stream().map(Bench::name).distinct().toList(); }

    @Override
    public int run(List<String> names, Wishes wishes, PrintWriter out, PrintWriter err) {
        err.println("Java " + Runtime.version() + ", " + LaneMath.get().name() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        ArrayNode all = new ObjectMapper().createArrayNode();
        boolean failed = false;
        for (Bench bench : ALL) {
            if (names.isEmpty() && !bench.onlyWhenNamed() || names.contains(bench.name())) {
                failed |= !runOne(bench, wishes, all, out, err);
            }
        }
        if (wishes.json()) {
            out.println(all.toPrettyString());
        }
        out.flush();
        return failed ? 1 : 0;
    }

    private static boolean runOne(Bench bench, Wishes wishes, ArrayNode all, PrintWriter out, PrintWriter err) {
        try {
            err.flush();
            List<Figure> figures = bench.run(wishes, err);
            if (wishes.json()) {
                figures.forEach(f -> append(all, bench, f));
            } else {
                print(bench, figures, out);
            }
            return true;
        } catch (Exception e) {
            err.println("error: " + bench.name() + ": " + e);
            return false;
        }
    }

    private static void print(Bench bench, List<Figure> figures, PrintWriter out) {
        out.println(bench.name() + " - " + bench.help());
        int width = figures.stream().mapToInt(f -> f.name().length()).max().orElse(0);
        for (Figure f : figures) {
            String ratio = Double.isNaN(f.ratio()) ? "" : String.format(Locale.ROOT, "  %.2f x %s", f.ratio(), f.against());
            out.println(String.format(Locale.ROOT, "  %-" + width + "s %12.4g %s%s", f.name(), f.value(), f.unit(), ratio));
        }
        out.flush();
    }

    private static void append(ArrayNode array, Bench bench, Figure f) {
        ObjectNode node = array.addObject().put("benchmark", bench.name()).put("name", f.name()).put("unit", f.unit());
        put(node, "value", f.value());
        put(node, "ratio", f.ratio());
        node.put("against", f.against());
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
