package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.walk.JointMeasurements;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.MoveInfo;
import java.util.List;

/** Joint multimeasurement sampling: one walk on all noisy measurements of one x together, and x from all of them; see {@link JointMeasurements}. */
final class JointMeasurementsSampler implements Sampler {

    /** A transition holds a matrix over all coordinates of all measurements. */
    private static final int LARGEST = 8192;

    static final List<Option> OPTIONS = List.of(DenoisingOptions.SIGMA,
            Option.withDefault("measurements", Shape.integer(1, 1024), 4L, "measurements; they leave noise of sigma over the root of their number, and are the worse conditioned the more they are"),
            Option.withDefault("moves", Shape.integer(1, 10_000_000), 1000L, "moves of the walk"),
            DenoisingOptions.step(0.5), DenoisingOptions.friction(0.3), DenoisingOptions.TRANSITION, DenoisingOptions.FINAL);

    private final Settings settings;

    JointMeasurementsSampler(Settings settings) { this.settings = settings; }

    @Override
    public String refusal(Problem problem) {
        int d = settings.count("measurements") * problem.target().dimension();
        return Refusals.first(
                d > LARGEST ? "has " + d + " coordinates with all its measurements, and this sampler walks on " + LARGEST + " at most; take sequential-measurements" : "",
                DenoisingOptions.refusal(settings, problem, denoiser -> {
                    double sigma = DenoisingOptions.sigma(settings, problem);
                    double left = sigma / Math.sqrt(settings.count("measurements"));
                    return new double[] {left, left};
                }));
    }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        DenoisingRun run = new DenoisingRun(problem, size, random);
        double sigma = DenoisingOptions.sigma(settings, problem);
        int measurements = settings.count("measurements");
        Walk walk = DenoisingOptions.walk(settings, measurements * run.x.dimension);
        boolean exact = DenoisingOptions.exact(settings, run.denoiser);
        MoveInfo info = new JointMeasurements(sigma, measurements, walk, settings.count("moves"), exact)
                .draw(run.denoiser, run.x, random, AnnealedWalk.MAIN, run.scratch);
        return run.telling("sigma", sigma).telling(info)
                .population(run.denoiser.bias(), DenoisingRun.walk(walk), "the walk is of finite length, and does not find far modes where many measurements part them",
                        DenoisingRun.mean(exact, sigma / Math.sqrt(measurements), run.x.dimension));
    }
}
