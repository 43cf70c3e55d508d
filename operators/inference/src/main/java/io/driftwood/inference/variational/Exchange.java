package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;

/** What paths do among themselves before they step on a bridge. */
interface Exchange {

    /** Every path goes its own way. */
    Exchange NONE = (leg, scored, logWeights, random, step, scratch) -> { };

    /**
     * @param leg placed on its step: at {@code leg.from}, {@code leg.fromScore} and {@code leg.fromMomentum} paths may change places
     * @param scored whether {@code leg.logDensity} and {@code leg.fromScore} are those of {@code leg.from}
     * @param logWeights L so far, without the target's log-density and the last momentum's
     */
    void before(Leg leg, boolean scored, double[] logWeights, Randomness random, long step, Scratch scratch);
}
