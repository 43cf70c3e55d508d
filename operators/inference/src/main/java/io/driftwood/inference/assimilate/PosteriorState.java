package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Rows;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.transition.Tuning;

/**
 * One key's posterior: everything the next step needs and nothing else. Plain, mutable, versioned by its serializer; the
 * step overwrites it.
 *
 * <p>Which parts are in use depends on the phase: while {@link Phase#BUFFERING} there is history but no population; an exact
 * posterior keeps {@link #statistics} only.
 */
public final class PosteriorState {

    /** Life of a key. Append only: ordinals are saved. */
    public enum Phase {
        /** Observations are kept until the posterior is proper. */
        BUFFERING,
        /** A weighted population approximates the posterior. */
        RUNNING,
        /** Sufficient statistics hold the posterior exactly. */
        EXACT
    }

    public Phase phase = Phase.RUNNING;
    /** Address of this key's random numbers; see {@code Randomness.ofKeyBits}. */
    public long keyBits;
    /** Records offered to this key so far, also missing and rejected ones: the step of the random address. */
    public long step;
    /** Observations assimilated, also missing ones: the {@code seq} of the summaries. */
    public long assimilated;
    /** Records refused for this key. */
    public long rejected;
    /** Event time of the last assimilated observation; {@code Observation.NO_TIME} before the first. */
    public long clock = Observation.NO_TIME;
    /** Sum of the log-evidence increments, and the variance of its Monte Carlo error (delta method). */
    public double logEvidence;
    public double logEvidenceVariance;
    /** The population; null unless RUNNING. */
    public Particles particles;
    public LogWeights weights;
    /** Null unless RUNNING, and for filters. */
    public Tuning tuning;
    /** What moves may look at; never null, empty under the exact posterior. */
    public Rows history;
    /** Sufficient statistics, or what a filter keeps besides its population; length 0 where there is none. */
    public double[] statistics = new double[0];
    /** What a posterior of a user's own keeps besides; null unless it does. Whoever saves the state must know its type. */
    public Object payload;

    private transient Randomness randomness;

    /** The random numbers that {@link #keyBits} addresses. */
    public Randomness randomness() {
        if (randomness == null || randomness.keyBits() != keyBits) {
            randomness = Randomness.ofKeyBits(keyBits);
        }
        return randomness;
    }
}
