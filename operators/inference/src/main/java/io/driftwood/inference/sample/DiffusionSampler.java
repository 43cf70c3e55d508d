package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.walk.Diffusion;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import java.util.List;
import java.util.Locale;

/** The Ornstein-Uhlenbeck diffusion from the target into noise, run backwards; see {@link Diffusion}. */
final class DiffusionSampler implements Sampler {

    static final List<Option> OPTIONS = List.of(
            Option.withDefault("integrator", Shape.choice("exponential", "euler"), "exponential", "how a step is taken: with the linear part solved exactly, or by Euler"),
            DenoisingOptions.steps(), DenoisingOptions.LARGEST, DenoisingOptions.LEAST, DenoisingOptions.FINAL);

    private final Settings settings;

    DiffusionSampler(Settings settings) { this.settings = settings; }

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
        double[] times = Diffusion.geometric(Diffusion.timeOfNoise(range[0]), Diffusion.timeOfNoise(range[1]), steps);
        new Diffusion(times, Diffusion.Integrator.valueOf(settings.text("integrator").toUpperCase(Locale.ROOT)), exact)
                .draw(run.denoiser, run.x, random, AnnealedWalk.MAIN, run.scratch);
        return run.telling("largest-noise", range[0]).telling("least-noise", range[1]).telling(Draws.GRADIENTS, (double) steps * size)
                .population(run.denoiser.bias(), "a diffusion is followed in " + settings.text("integrator") + " steps of finite length, from draws of the reference in place of the target seen through the largest noise",
                        DenoisingRun.mean(exact, range[1], run.x.dimension));
    }
}
