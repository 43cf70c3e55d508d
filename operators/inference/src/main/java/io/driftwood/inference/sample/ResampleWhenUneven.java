package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Rejuvenation;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.target.Target;

/** Resamples only when the effective sample size has fallen below a share of the particles, and moves either way. Leaves an unbiased estimate unbiased. */
final class ResampleWhenUneven implements Rejuvenation {

    private final double threshold;
    private final Rejuvenation resampling;
    private final Rejuvenation carrying;

    /** @param threshold tau; 1 resamples every time, 0 never */
    ResampleWhenUneven(double threshold, Rejuvenation resampling, Rejuvenation carrying) {
        this.threshold = threshold;
        this.resampling = resampling;
        this.carrying = carrying;
    }

    @Override
    public void rejuvenate(PosteriorState state, Target target, Mover mover, int stage, StepInfo info, Scratch scratch) {
        (resamples(state.weights) ? resampling : carrying).rejuvenate(state, target, mover, stage, info, scratch);
    }

    @Override
    public int chains(int size) { return resampling.chains(size); }

    @Override
    public boolean resamples(LogWeights weights) { return threshold >= 1 || weights.effectiveSampleSize() < threshold * weights.size; }
}
