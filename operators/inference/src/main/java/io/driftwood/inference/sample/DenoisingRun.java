package io.driftwood.inference.sample;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.MoveInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One run of a sampler by denoising: particles that enter as draws of the reference, the denoiser, and what is told at the end. */
final class DenoisingRun {

    /** Branch of the randomness for denoisers that average over draws of their own. */
    private static final long WITHIN = 3;

    final Denoiser denoiser;
    final Particles x;
    final Scratch scratch = new Scratch();
    private final Map<String, Double> facts = new LinkedHashMap<>();

    DenoisingRun(Problem problem, int size, Randomness random) {
        this.denoiser = problem.denoiser(random.branch(WITHIN)).orElseThrow();
        this.x = Starts.of(problem, size, random, AnnealedWalk.LEARNING, scratch);
    }

    DenoisingRun telling(String fact, double value) {
        facts.put(fact, value);
        return this;
    }

    /** With the facts of a walk and the scores it took. */
    DenoisingRun telling(MoveInfo info) {
        facts.put(Draws.ACCEPTANCE, info.acceptance());
        facts.put(Draws.GRADIENTS, (double) info.evaluations * x.size);
        facts.put(Draws.NON_FINITE, (double) info.rejectedNonFinite);
        return this;
    }

    /** The particles as one population of independent draws. */
    Draws population(String... biases) { return draws(x, biases); }

    /** @param kept state t of lane l at t*lanes + l */
    Draws draws(Particles kept, String... biases) {
        String bias = Arrays.stream(biases).filter(b -> !b.isEmpty()).collect(Collectors.joining("; "));
        return new Draws(kept, new LogWeights(kept.size), x.size, Evidence.NONE, bias, facts);
    }

    static String walk(Walk walk) { return walk.transition().exactness().bias(); }

    /** Of means in place of draws, from measurements that leave noise of this scale. */
    static String mean(boolean exact, double noise, int dimension) {
        return exact ? "" : String.format(java.util.Locale.ROOT,
                "draws are means of x given measurements that leave noise %.4g: too narrow, within a Wasserstein distance of %.4g of the target", noise, noise * Math.sqrt(dimension));
    }
}
