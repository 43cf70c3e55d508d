package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.denoise.DenoisingPrior;
import io.driftwood.inference.denoise.DriftingDenoiser;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import java.util.List;

/** An x that walks: the {@link DriftingDenoiser}. The memory is the law of x at the time of the last record, so that nothing can be taken back or merged. */
final class Walking implements Recursion {

    private final DriftingDenoiser denoiser;
    private final DriftingDenoiser.DiagonalMixture state;
    private final int dimension;
    private final double[] noise;
    private final List<String> unknowns;

    Walking(GaussianMixture prior, double[] drift) {
        this.denoiser = new DriftingDenoiser(prior, drift);
        this.state = denoiser.newState();
        this.dimension = prior.dimension();
        this.noise = new double[dimension];
        this.unknowns = Unknowns.coordinates(dimension);
    }

    @Override
    public int dimension() { return dimension; }

    @Override
    public int modes() { return state.logWeights.length; }

    @Override
    public List<String> unknowns() { return unknowns; }

    @Override
    public boolean keepsEvidence() { return true; }

    @Override
    public boolean movesWithTime() { return true; }

    @Override
    public double[] start() {
        double[] memory = new double[state.length()];
        denoiser.newState().write(memory);
        return memory;
    }

    @Override
    public void step(double[] memory, Measurement y, Denoised out, Scratch scratch) {
        state.read(memory);
        out.refusal = Denoised.Refusal.NONE;
        for (int j = 0; j < dimension; j++) {
            noise[j] = y.noise(j);
        }
        out.logPredictive = denoiser.step(state, y.elapsed, y.y, noise);
        state.write(memory);
        answer(out);
    }

    @Override
    public void answer(double[] memory, Denoised out, Scratch scratch) {
        state.read(memory);
        answer(out);
    }

    private void answer(Denoised out) {
        denoiser.answer(state, out);
        out.measurements = Double.NaN;
        Arrays.fill(out.noise, Double.NaN);
    }

    @Override
    public void merge(double[] memory, double[] other) {
        throw new UnsupportedOperationException("two pasts of an x that walks cannot be merged");
    }

    @Override
    public Quantity[] quantities(double[] memory, Denoised answer, MixtureQuantiles quantiles, Scratch scratch) {
        state.read(memory);
        return Unknowns.ofMixture(unknowns, answer, quantiles, answer.modes, modes(), state.means, state.variances, scratch);
    }

    @Override
    public void covariance(double[] memory, double[] covariance, Scratch scratch) {
        state.read(memory);
        denoiser.covariance(state, covariance);
    }

    @Override
    public void draw(double[] memory, Particles unknowns, Randomness random, long step, Scratch scratch) {
        state.read(memory);
        int mark = scratch.mark();
        double[] uniforms = scratch.take(unknowns.stride);
        random.uniforms(step, Purpose.ANCESTOR, 0, uniforms, 0, unknowns.stride);
        random.normals(step, Purpose.SIMULATE, 0, unknowns.values, 0, unknowns.length());
        denoiser.place(state, uniforms, unknowns);
        scratch.release(mark);
    }

    @Override
    public Recursion with(DenoisingPrior prior, Learned learned) {
        throw new Learned.UnfitException(learned, "is a law of x before the first measurement, and an x that walks has left it");
    }
}
