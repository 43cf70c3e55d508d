package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;

/**
 * Denoises repeated measurements of an unknown x ~ p, one by one: with the state's f the product of all likelihoods so far,
 * <pre>
 *   log p(y_1..y_m) = log of the integral of p f      log p(y_m | y_1..y_(m-1)) = the difference of two of them      E[x | y_1..y_m], ... of p f
 * </pre>
 * Exact for every prior here, for noise that differs between measurements and coordinates, and for missing coordinates. State O(d), cost of a step that of
 * one {@link DenoisingPrior#condition}. Measurements commute: any order gives the same to rounding, unless there is a discount.
 *
 * <p>For normal noise of one scale sigma, E[x | y_1..y_m] = c + (sigma^2/m) grad log q_(sigma/sqrt m)(c) of the smoothed density q, and the law of this estimate
 * is within Wasserstein distance sigma sqrt(d/m) of p. Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Saremi, Park and Bach (2023), Chain of log-concave Markov chains. Differs from [1]: noise scales may differ, coordinates may be missing,
 * and the posterior's spread and the evidence come with its mean.
 */
public final class StreamingDenoiser {

    private final DenoisingPrior prior;
    private final Channel channel;
    private final double discount;

    /** @param discount what each measurement leaves of the earlier ones, in (0, 1]; 1 for an x that does not drift */
    public StreamingDenoiser(DenoisingPrior prior, Channel channel, double discount) {
        if (!(discount > 0 && discount <= 1)) {
            throw new IllegalArgumentException("a discount must be above 0 and at most 1, not " + discount);
        }
        this.prior = prior;
        this.channel = channel;
        this.discount = discount;
    }

    public DenoisingPrior prior() { return prior; }

    public DenoisingState newState() { return new DenoisingState(prior.dimension()); }

    /** A place for answers. */
    public Denoised newAnswer() { return new Denoised(prior.dimension(), prior.modes()); }

    /**
     * Takes up a measurement. After a refusal the state is as before, and so are the answer's estimates.
     *
     * @param y length d; NaN where missing
     * @param noise scale for each coordinate, or one for all
     * @param spare a state to work with, overwritten
     */
    public void step(DenoisingState state, double[] y, double[] noise, DenoisingState spare, Denoised out, Scratch scratch) {
        out.refusal = refusal(y, noise);
        out.logPredictive = Double.NaN;
        if (out.refusal == Denoised.Refusal.NONE) {
            take(state, y, noise, spare, out, scratch);
        }
    }

    /** {@link #step} for callers who have checked the measurement: dimensions, noise and values are possible. */
    public void take(DenoisingState state, double[] y, double[] noise, DenoisingState spare, Denoised out, Scratch scratch) {
        out.refusal = Denoised.Refusal.NONE;
        spare.measure(y, noise, channel, scratch);
        if (discount < 1) {
            state.discount(discount);
        }
        double massBefore = logMass(state, out, scratch);
        double scatterBefore = state.scatter;
        state.absorb(spare);
        state.steps++;
        answer(state, out, scratch);
        // the difference of the parts, not of the sums, which grow with m
        out.logPredictive = spare.logConstant - 0.5 * (state.scatter - scatterBefore) + (state.logMass - massBefore);
    }

    /** Takes back a measurement that has been taken up, as a correction that came late; not to be had with a discount, which has made it fade. */
    public void retract(DenoisingState state, double[] y, double[] noise, DenoisingState spare, Denoised out, Scratch scratch) {
        if (discount < 1) {
            throw new IllegalStateException("a measurement that has faded cannot be taken back");
        }
        out.refusal = refusal(y, noise);
        out.logPredictive = Double.NaN;
        if (out.refusal != Denoised.Refusal.NONE) {
            return;
        }
        spare.measure(y, noise, channel, scratch);
        if (!state.holds(spare)) {
            out.refusal = Denoised.Refusal.UNKNOWN;
            return;
        }
        double massBefore = logMass(state, out, scratch);
        double scatterBefore = state.scatter;
        state.remove(spare);
        state.steps++;
        answer(state, out, scratch);
        out.logPredictive = -spare.logConstant - 0.5 * (state.scatter - scatterBefore) + (state.logMass - massBefore);
    }

    /** The answer as the state stands, after a merge say. */
    public void answer(DenoisingState state, Denoised out, Scratch scratch) {
        state.logMass = prior.condition(state.precision, state.centre, out.modes, out.mean, out.variances, scratch);
        state.prior = prior.fingerprint();
        out.logEvidence = state.logConstant - 0.5 * state.scatter + state.logMass;
        out.measurements = state.measurements;
        channel.noises(state.precision, out.noise, out.noise.length);
    }

    private double logMass(DenoisingState state, Denoised spare, Scratch scratch) {
        if (Double.isNaN(state.logMass) || state.prior != prior.fingerprint()) {
            state.logMass = prior.condition(state.precision, state.centre, spare.modes, spare.mean, spare.variances, scratch);
        }
        return state.logMass;
    }

    /** Cov(x | y_1..y_m), row-major d x d. */
    public void covariance(DenoisingState state, double[] covariance, Scratch scratch) {
        prior.covariance(state.precision, state.centre, covariance, scratch);
    }

    /** Every particle becomes a draw of x given y_1..y_m, addressed by the state's step counter. */
    public void draw(DenoisingState state, Particles x, Randomness random, int iteration, Scratch scratch) {
        prior.draw(state.precision, state.centre, x, random, state.steps, iteration, scratch);
    }

    private Denoised.Refusal refusal(double[] y, double[] noise) {
        int d = prior.dimension();
        if (y.length != d || noise.length != d && noise.length != 1) {
            return Denoised.Refusal.DIMENSION;
        }
        for (double scale : noise) {
            if (!channel.possibleNoise(scale)) {
                return Denoised.Refusal.NOISE;
            }
        }
        for (double value : y) {
            if (!Double.isNaN(value) && !channel.possible(value)) {
                return Denoised.Refusal.VALUE;
            }
        }
        return Denoised.Refusal.NONE;
    }
}
