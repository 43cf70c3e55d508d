package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.denoise.walk.Localisation;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import java.util.List;

/** Stochastic localisation: the observation process of an unknown x is followed by its own predictions; see {@link Localisation}. */
final class LocalisationSampler implements Sampler {

    static final List<Option> OPTIONS = List.of(DenoisingOptions.steps(), DenoisingOptions.LARGEST, DenoisingOptions.LEAST, DenoisingOptions.FINAL);

    private final Settings settings;

    LocalisationSampler(Settings settings) { this.settings = settings; }

    @Override
    public String refusal(Problem problem) {
        return DenoisingOptions.refusal(settings, problem, denoiser -> {
            double[] range = DenoisingOptions.range(settings, problem, denoiser);
            return new double[] {range[1], range[0]};
        });
    }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        DenoisingRun run = new DenoisingRun(problem, size, random);
        double[] range = DenoisingOptions.range(settings, problem, run.denoiser);
        int steps = settings.count("steps");
        boolean exact = DenoisingOptions.exact(settings, run.denoiser);
        double[] times = Localisation.geometric(1 / (range[0] * range[0]), 1 / (range[1] * range[1]), steps);
        new Localisation(times, exact).draw(run.denoiser, run.x, random, AnnealedWalk.MAIN, run.scratch);
        return run.telling("largest-noise", range[0]).telling("least-noise", range[1]).telling(Draws.GRADIENTS, (double) steps * size)
                .population(run.denoiser.bias(), "the observation process is followed in Euler steps of finite length, from draws of the reference seen through the largest noise",
                        DenoisingRun.mean(exact, range[1], run.x.dimension));
    }
}
