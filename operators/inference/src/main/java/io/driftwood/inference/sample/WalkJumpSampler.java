package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.denoise.walk.WalkJump;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import java.util.List;

/** Walk-jump sampling: chains walk on the target seen through noise, and jump from where they stand. Every particle is a chain; see {@link WalkJump}. */
final class WalkJumpSampler implements Sampler {

    static final List<Option> OPTIONS = List.of(DenoisingOptions.SIGMA,
            Option.withDefault("moves", Shape.integer(1, 10_000_000), 100L, "moves of the walk from one draw that is kept to the next"),
            DenoisingOptions.step(0.5), DenoisingOptions.friction(Walk.FRICTION), DenoisingOptions.TRANSITION, DenoisingOptions.FINAL);

    private final Settings settings;

    WalkJumpSampler(Settings settings) { this.settings = settings; }

    @Override
    public String refusal(Problem problem) {
        return DenoisingOptions.refusal(settings, problem, denoiser -> {
            double sigma = DenoisingOptions.sigma(settings, problem);
            return new double[] {sigma, sigma};
        });
    }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        DenoisingRun run = new DenoisingRun(problem, size, random);
        double sigma = DenoisingOptions.sigma(settings, problem);
        Walk walk = DenoisingOptions.walk(settings, run.x.dimension);
        boolean exact = DenoisingOptions.exact(settings, run.denoiser);
        WalkJump.Chain chain = new WalkJump(sigma, walk, settings.count("moves"), exact).new Chain(run.denoiser, run.x, random, AnnealedWalk.MAIN, run.scratch);
        Particles kept = new Particles(size * length, run.x.dimension);
        for (int t = 0; t < length; t++) {
            chain.next(run.x);
            for (int j = 0; j < kept.dimension; j++) {
                System.arraycopy(run.x.values, j * run.x.stride, kept.values, j * kept.stride + t * size, size);
            }
        }
        kept.pad();
        return run.telling("sigma", sigma).telling(chain.info())
                .draws(kept, run.denoiser.bias(), DenoisingRun.walk(walk), DenoisingRun.mean(exact, sigma, kept.dimension));
    }
}
