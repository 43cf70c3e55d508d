package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.denoise.DenoisingPrior;
import io.driftwood.inference.denoise.DenoisingState;
import io.driftwood.inference.denoise.UnknownNoise;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.model.Quantiles;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.hipparchus.special.Gamma;

/**
 * Noise of unknown scale under a normal law of x that is as wide as the noise: {@link UnknownNoise}, in closed form. With a, b its shape and rate,
 * <pre>
 *   x_j ~ Student t of 2a degrees of freedom about E[x_j], of scale sqrt(b / (a (kappa + Lambda_j)))
 *   s^2 ~ InverseGamma(a, b):   E[s] = sqrt(b) Gamma(a - 1/2) / Gamma(a),   E[s^2] = b / (a - 1)
 * </pre>
 */
final class ConjugateScale implements Recursion {

    private final UnknownNoise denoiser;
    private final int d;
    private final DenoisingState state;
    private final DenoisingState spare;
    private final List<String> unknowns;

    ConjugateScale(double[] mean, double kappa, double shape, double rate) {
        this.denoiser = new UnknownNoise(mean, kappa, shape, rate);
        this.d = mean.length;
        this.state = denoiser.newState();
        this.spare = denoiser.newState();
        this.unknowns = Stream.concat(Unknowns.coordinates(d).stream(), Stream.of(Unknowns.NOISE_SCALE)).toList();
    }

    @Override
    public int dimension() { return d; }

    @Override
    public int modes() { return 1; }

    @Override
    public List<String> unknowns() { return unknowns; }

    @Override
    public boolean keepsEvidence() { return true; }

    @Override
    public double[] start() {
        double[] memory = new double[DenoisingState.length(d)];
        denoiser.newState().write(memory);
        return memory;
    }

    @Override
    public void step(double[] memory, Measurement y, Denoised out, Scratch scratch) {
        state.read(memory);
        out.refusal = Denoised.Refusal.NONE;
        double before = denoiser.logEvidence(state, scratch);
        if (!y.retracts) {
            denoiser.step(state, y.y, y.noise, spare, scratch);
        } else if (!denoiser.retract(state, y.y, y.noise, spare, scratch)) {
            out.refusal = Denoised.Refusal.UNKNOWN;
            return;
        }
        answer(out, scratch);
        out.logPredictive = out.logEvidence - before;
        state.write(memory);
    }

    @Override
    public void answer(double[] memory, Denoised out, Scratch scratch) {
        state.read(memory);
        answer(out, scratch);
    }

    private void answer(Denoised out, Scratch scratch) {
        denoiser.moments(state, out.mean, out.variances);
        out.modes[0] = 1;
        out.logEvidence = denoiser.logEvidence(state, scratch);
        out.measurements = state.measurements;
        double scale = meanScale();
        for (int j = 0; j < d; j++) {
            out.noise[j] = scale / Math.sqrt(state.precision[j]);
        }
    }

    private double meanScale() {
        double a = denoiser.shape(state);
        return a > 0.5 ? StrictMath.exp(0.5 * StrictMath.log(denoiser.rate(state)) + Gamma.logGamma(a - 0.5) - Gamma.logGamma(a)) : Double.POSITIVE_INFINITY;
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
        state.read(memory);
        double a = denoiser.shape(state);
        double b = denoiser.rate(state);
        double[] levels = quantiles.levels();
        Quantity[] out = new Quantity[d + 1];
        for (int j = 0; j < d; j++) {
            double mean = answer.mean[j];
            double scale = Math.sqrt(b / (a * denoiser.precision(state, j)));
            out[j] = new Quantity(unknowns.get(j), mean, answer.sd(j), Arrays.stream(levels).map(p -> Quantiles.studentT(p, 2 * a, mean, scale)).toArray());
        }
        double mean = meanScale();
        double sd = a > 1 ? Math.sqrt(Math.max(0, b / (a - 1) - mean * mean)) : Double.POSITIVE_INFINITY;
        out[d] = new Quantity(Unknowns.NOISE_SCALE, mean, sd, Arrays.stream(levels).map(p -> Math.sqrt(Quantiles.inverseGamma(p, a, b))).toArray());
        return out;
    }

    @Override
    public void covariance(double[] memory, double[] covariance, Scratch scratch) {
        state.read(memory);
        double[] mean = new double[d];
        double[] variances = new double[d];
        denoiser.moments(state, mean, variances);
        Arrays.fill(covariance, 0, d * d, 0);
        for (int j = 0; j < d; j++) {
            covariance[j * d + j] = variances[j];
        }
    }

    @Override
    public void draw(double[] memory, Particles unknowns, Randomness random, long step, Scratch scratch) {
        state.read(memory);
        double[] mean = new double[d];
        denoiser.moments(state, mean, new double[d]);
        UniformRandomProvider provider = random.provider(step, Purpose.AUXILIARY, 0);
        SharedStateContinuousSampler gamma = AhrensDieterMarsagliaTsangGammaSampler.of(provider, denoiser.shape(state), 1);
        random.normals(step, Purpose.SIMULATE, 0, unknowns.values, 0, d * unknowns.stride);
        for (int i = 0; i < unknowns.size; i++) {
            double scale = Math.sqrt(denoiser.rate(state) / gamma.sample());
            for (int j = 0; j < d; j++) {
                unknowns.set(j, i, mean[j] + scale / Math.sqrt(denoiser.precision(state, j)) * unknowns.get(j, i));
            }
            unknowns.set(d, i, scale);
        }
        unknowns.pad();
    }

    @Override
    public Recursion with(DenoisingPrior prior, Learned learned) {
        throw new Learned.UnfitException(learned, "does not say how wide x is in terms of the noise, as the prior of this job does");
    }
}
