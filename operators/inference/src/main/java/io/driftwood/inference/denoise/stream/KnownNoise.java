package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.denoise.Channel;
import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.denoise.DenoisingPrior;
import io.driftwood.inference.denoise.DenoisingState;
import io.driftwood.inference.denoise.StreamingDenoiser;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.Quantity;
import java.util.List;

/**
 * Noise of known scale and an x that stands still, or whose past fades: the {@link StreamingDenoiser}. The memory is a {@link DenoisingState}, which
 * knows nothing of the prior, so that another prior may take its place between two records.
 */
final class KnownNoise implements Recursion {

    private final DenoisingPrior prior;
    private final Channel channel;
    private final double discount;
    private final StreamingDenoiser denoiser;
    private final DenoisingState state;
    private final DenoisingState spare;
    private final List<String> unknowns;

    KnownNoise(DenoisingPrior prior, Channel channel, double discount) {
        this.prior = prior;
        this.channel = channel;
        this.discount = discount;
        this.denoiser = new StreamingDenoiser(prior, channel, discount);
        this.state = denoiser.newState();
        this.spare = denoiser.newState();
        this.unknowns = Unknowns.coordinates(prior.dimension());
    }

    @Override
    public int dimension() { return prior.dimension(); }

    @Override
    public int modes() { return prior.modes(); }

    @Override
    public List<String> unknowns() { return unknowns; }

    @Override
    public boolean keepsEvidence() { return discount == 1; }

    @Override
    public double[] start() {
        double[] memory = new double[DenoisingState.length(dimension())];
        denoiser.newState().write(memory);
        return memory;
    }

    @Override
    public void step(double[] memory, Measurement y, Denoised out, Scratch scratch) {
        state.read(memory);
        if (y.retracts) {
            denoiser.retract(state, y.y, y.noise, spare, out, scratch);
        } else {
            denoiser.take(state, y.y, y.noise, spare, out, scratch);
        }
        if (out.refusal == Denoised.Refusal.NONE) {
            state.write(memory);
        }
    }

    @Override
    public void answer(double[] memory, Denoised out, Scratch scratch) {
        state.read(memory);
        denoiser.answer(state, out, scratch);
    }

    @Override
    public void merge(double[] memory, double[] other) {
        state.read(memory);
        spare.read(other);
        state.absorb(spare);
        state.write(memory);
    }

    @Override
    public Quantity[] quantities(double[] memory, Denoised answer, MixtureQuantiles quantiles, Scratch scratch) {
        int mark = scratch.mark();
        double[] modes = scratch.take(modes());
        double[] means = scratch.take(modes() * dimension());
        double[] variances = scratch.take(modes() * dimension());
        if (quantiles.wanted()) {
            state.read(memory);
            prior.components(state.precision, state.centre, modes, means, variances, scratch);
        }
        Quantity[] out = Unknowns.ofMixture(unknowns, answer, quantiles, modes, modes(), means, variances, scratch);
        scratch.release(mark);
        return out;
    }

    @Override
    public void covariance(double[] memory, double[] covariance, Scratch scratch) {
        state.read(memory);
        denoiser.covariance(state, covariance, scratch);
    }

    @Override
    public void draw(double[] memory, Particles unknowns, Randomness random, long step, Scratch scratch) {
        state.read(memory);
        state.steps = step;
        denoiser.draw(state, unknowns, random, 0, scratch);
    }

    @Override
    public Recursion with(DenoisingPrior other, Learned learned) {
        if (channel == Channel.SIGNS) {
            throw new Learned.UnfitException(learned, "is a law of real numbers, and this x is a pattern of signs");
        }
        return new KnownNoise(other, channel, discount);
    }
}
