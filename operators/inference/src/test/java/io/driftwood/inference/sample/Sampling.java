package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.ExactSampler;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.target.Targets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Samplers as a configuration names them, and problems with known answers. */
final class Sampling {

    private Sampling() {}

    /** {@code sampler("smc", "temperatures", 10L)}. */
    static Sampler sampler(String type, Object... options) { return build(Samplers.CATALOGUE, type, options); }

    static Problem problem(String type, Object... options) { return build(Targets.CATALOGUE, type, options); }

    private static <T> T build(Catalogue<T> catalogue, String type, Object... options) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", type);
        for (int i = 0; i < options.length; i += 2) {
            tree.put((String) options[i], options[i + 1]);
        }
        Shape.Struct root = (Shape.Struct) Shape.struct(Option.required("entry", Shape.variant(catalogue), ""));
        return catalogue.build(Checker.check(root, Map.of("entry", tree)).orThrow().struct("entry"));
    }

    static Randomness run(long seed, int run) { return Randomness.of(seed, "chain-" + run); }

    /** N(mean, sd^2 I) times e^logNormaliser in d dimensions, to be reached from the standard normal times a scale. */
    static Problem gaussian(int d, double mean, double sd, double logNormaliser, double referenceSd) {
        GaussianTarget normal = normal(d, mean, sd);
        return new Problem() {
            @Override
            public Target target() { return new Scaled(normal, logNormaliser); }

            @Override
            public GaussianTarget reference() { return normal(d, 0, referenceSd); }

            @Override
            public Optional<ExactSampler> exactSampler() {
                return Optional.of((x, random, step, iteration, scratch) ->
                        normal.sample(x, random, step, Purpose.SIMULATE, iteration, scratch));
            }

            @Override
            public OptionalDouble logNormaliser() { return OptionalDouble.of(logNormaliser); }
        };
    }

    static GaussianTarget normal(int d, double mean, double sd) {
        double[] means = new double[d];
        double[] sds = new double[d];
        Arrays.fill(means, mean);
        Arrays.fill(sds, sd);
        return GaussianTarget.independent(means, sds);
    }

    /** Mean and standard error of independent numbers. */
    static double[] meanAndError(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double squares = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
        return new double[] {mean, Math.sqrt(squares / (x.length - 1.0) / x.length)};
    }

    private record Scaled(Target target, double logNormaliser) implements Target {

        @Override
        public int dimension() { return target.dimension(); }

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
            target.evaluate(x, logDensity, score, scratch);
            for (int i = 0; i < x.stride; i++) {
                logDensity[i] += logNormaliser;
            }
        }

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { target.hessianVector(x, v, out, scratch); }
    }
}
