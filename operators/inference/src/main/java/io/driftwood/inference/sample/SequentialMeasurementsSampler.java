package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.walk.SequentialMeasurements;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.MoveInfo;
import java.util.List;

/** Sequential multimeasurement sampling: noisy measurements of one x are drawn one after the other, and x from all of them; see {@link SequentialMeasurements}. */
final class SequentialMeasurementsSampler implements Sampler {

    static final List<Option> OPTIONS = List.of(DenoisingOptions.SIGMA,
            Option.withDefault("measurements", Shape.integer(1, 1_000_000), 1000L, "measurements; they leave noise of sigma over the root of their number"),
            Option.withDefault("first-moves", Shape.integer(0, 10_000_000), 100L, "moves of the walk to the first measurement"),
            Option.withDefault("moves", Shape.integer(0, 10_000_000), 2L, "moves of the walk to each of the others"),
            DenoisingOptions.step(0.7), DenoisingOptions.friction(0.3), DenoisingOptions.TRANSITION, DenoisingOptions.FINAL);

    private final Settings settings;

    SequentialMeasurementsSampler(Settings settings) { this.settings = settings; }

    @Override
    public String refusal(Problem problem) {
        return DenoisingOptions.refusal(settings, problem, denoiser -> {
            double sigma = DenoisingOptions.sigma(settings, problem);
            return new double[] {sigma / Math.sqrt(settings.count("measurements")), sigma};
        });
    }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        DenoisingRun run = new DenoisingRun(problem, size, random);
        double sigma = DenoisingOptions.sigma(settings, problem);
        int measurements = settings.count("measurements");
        Walk walk = DenoisingOptions.walk(settings, run.x.dimension);
        boolean exact = DenoisingOptions.exact(settings, run.denoiser);
        MoveInfo info = new SequentialMeasurements(sigma, measurements, walk, settings.count("first-moves"), settings.count("moves"), exact)
                .draw(run.denoiser, run.x, random, AnnealedWalk.MAIN, run.scratch);
        return run.telling("sigma", sigma).telling(info)
                .population(run.denoiser.bias(), DenoisingRun.walk(walk), "every walk is of finite length",
                        DenoisingRun.mean(exact, sigma / Math.sqrt(measurements), run.x.dimension));
    }
}
