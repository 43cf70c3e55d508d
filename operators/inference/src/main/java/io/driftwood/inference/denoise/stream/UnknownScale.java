package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.denoise.Channel;
import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.denoise.DenoisingPrior;
import io.driftwood.inference.denoise.DenoisingState;
import io.driftwood.inference.denoise.NoiseScale;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Noise of unknown scale under any law of x, by the nodes of {@link NoiseScale}: a population of scales, spread anew for every record, each with its own
 * exact posterior and evidence, w_g ~ p(s_g, y_1..y_m). The memory is the {@link DenoisingState} of the relative scales.
 */
final class UnknownScale implements Recursion {

    /** Nodes for each of the others where quantiles of the scale are looked for. */
    private static final int FINER = 4;

    private final NoiseScale scales;
    private final double shape;
    private final double rate;
    private final DenoisingPrior prior;
    private final int d;
    private final int modes;
    private final DenoisingState state;
    private final DenoisingState spare;
    private final List<String> unknowns;

    UnknownScale(DenoisingPrior prior, double shape, double rate) {
        this.scales = new NoiseScale(prior, shape, rate);
        this.shape = shape;
        this.rate = rate;
        this.prior = prior;
        this.d = prior.dimension();
        this.modes = prior.modes();
        this.state = new DenoisingState(d);
        this.spare = new DenoisingState(d);
        this.unknowns = Stream.concat(Unknowns.coordinates(d).stream(), Stream.of(Unknowns.NOISE_SCALE)).toList();
    }

    @Override
    public int dimension() { return d; }

    @Override
    public int modes() { return modes; }

    @Override
    public List<String> unknowns() { return unknowns; }

    @Override
    public boolean keepsEvidence() { return true; }

    @Override
    public double[] start() {
        double[] memory = new double[DenoisingState.length(d)];
        new DenoisingState(d).write(memory);
        return memory;
    }

    @Override
    public void step(double[] memory, Measurement y, Denoised out, Scratch scratch) {
        state.read(memory);
        spare.measure(y.y, y.noise, Channel.NORMAL, scratch);
        out.refusal = y.retracts && !state.holds(spare) ? Denoised.Refusal.UNKNOWN : Denoised.Refusal.NONE;
        if (out.refusal != Denoised.Refusal.NONE) {
            return;
        }
        double before = logEvidence(scratch);
        if (y.retracts) {
            state.remove(spare);
        } else {
            state.absorb(spare);
        }
        answer(out, scratch);
        out.logPredictive = out.logEvidence - before;
        state.write(memory);
    }

    private double logEvidence(Scratch scratch) {
        return Double.isNaN(state.logMass) || state.prior != prior.fingerprint() ? scales.place(state, scratch) : state.logMass;
    }

    @Override
    public void answer(double[] memory, Denoised out, Scratch scratch) {
        state.read(memory);
        answer(out, scratch);
    }

    /** Averages over the nodes: mean of means, and mean of variances plus variance of means. */
    private void answer(Denoised out, Scratch scratch) {
        out.logEvidence = scales.place(state, scratch);
        state.logMass = out.logEvidence;
        state.prior = prior.fingerprint();
        out.measurements = state.measurements;
        int mark = scratch.mark();
        int n = scales.count() * modes;
        double[] weights = scratch.take(n);
        double[] means = scratch.take(n * d);
        double[] variances = scratch.take(n * d);
        mixture(weights, means, variances, scratch);
        Arrays.fill(out.modes, 0);
        Arrays.fill(out.mean, 0);
        Arrays.fill(out.variances, 0);
        for (int at = 0; at < n; at++) {
            out.modes[at % modes] += weights[at];
            for (int j = 0; j < d; j++) {
                out.mean[j] = Math.fma(weights[at], means[at * d + j], out.mean[j]);
            }
        }
        for (int at = 0; at < n; at++) {
            for (int j = 0; j < d; j++) {
                double between = means[at * d + j] - out.mean[j];
                out.variances[j] = Math.fma(weights[at], Math.fma(between, between, variances[at * d + j]), out.variances[j]);
            }
        }
        double scale = meanScale();
        for (int j = 0; j < d; j++) {
            out.noise[j] = scale / Math.sqrt(state.precision[j]);
        }
        scratch.release(mark);
    }

    /** The law of x as one mixture: mode k at node g is component g*modes + k. */
    private void mixture(double[] weights, double[] means, double[] variances, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(modes);
        double[] ownMeans = scratch.take(modes * d);
        double[] ownVariances = scratch.take(modes * d);
        for (int g = 0; g < scales.count(); g++) {
            double weight = weight(g);
            scales.at(state, scales.logScale(g), r, ownMeans, ownVariances, scratch);
            for (int k = 0; k < modes; k++) {
                weights[g * modes + k] = weight * r[k];
            }
            System.arraycopy(ownMeans, 0, means, g * modes * d, modes * d);
            System.arraycopy(ownVariances, 0, variances, g * modes * d, modes * d);
        }
        scratch.release(mark);
    }

    private double weight(int g) { return scales.step() * StrictMath.exp(scales.logJoint(g) - state.logMass); }

    private double meanScale() {
        double sum = shape + 0.5 * state.observed > 0.5 ? 0 : Double.POSITIVE_INFINITY;
        for (int g = 0; g < scales.count(); g++) {
            sum += weight(g) * StrictMath.exp(scales.logScale(g));
        }
        return sum;
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
        state.logMass = scales.place(state, scratch);
        int mark = scratch.mark();
        int n = scales.count() * modes;
        double[] weights = scratch.take(n);
        double[] means = scratch.take(n * d);
        double[] variances = scratch.take(n * d);
        if (quantiles.wanted()) {
            mixture(weights, means, variances, scratch);
        }
        Quantity[] out = Unknowns.ofMixture(unknowns, answer, quantiles, weights, n, means, variances, scratch);
        out[d] = scale(quantiles, scratch);
        scratch.release(mark);
        return out;
    }

    private Quantity scale(MixtureQuantiles quantiles, Scratch scratch) {
        double mean = meanScale();
        double variance = shape + 0.5 * state.observed > 1 ? 0 : Double.POSITIVE_INFINITY;
        for (int g = 0; g < scales.count(); g++) {
            double away = StrictMath.exp(scales.logScale(g)) - mean;
            variance += weight(g) * away * away;
        }
        double[] at = quantiles.newResult();
        if (quantiles.wanted()) {
            scaleQuantiles(quantiles.levels(), at, scratch);
        }
        return new Quantity(Unknowns.NOISE_SCALE, mean, Math.sqrt(variance), at);
    }

    /*
     * The density of log s at finer nodes, and between two of them the integral of the cubic through them and their neighbours,
     * h (13 (p_g + p_(g+1)) - p_(g-1) - p_(g+2)) / 24, which is right to about 1e-6.
     */
    private void scaleQuantiles(double[] levels, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        int n = (scales.count() - 1) * FINER + 1;
        double h = scales.step() / FINER;
        double[] density = scratch.take(n + 2);
        double[] r = scratch.take(modes);
        double[] means = scratch.take(modes * d);
        double[] variances = scratch.take(modes * d);
        density[0] = 0;
        density[n + 1] = 0;
        for (int i = 0; i < n; i++) {
            density[i + 1] = StrictMath.exp(scales.at(state, scales.logScale(0) + i * h, r, means, variances, scratch) - state.logMass);
        }
        double below = 0;
        int next = 0;
        for (int i = 1; i < n && next < levels.length; i++) {
            double share = Math.max(0, h * (13 * (density[i] + density[i + 1]) - density[i - 1] - density[i + 2]) / 24);
            while (next < levels.length && below + share >= levels[next]) {
                double along = within((levels[next] - below) / share, density[i], density[i + 1]);
                out[next++] = StrictMath.exp(scales.logScale(0) + (i - 1 + along) * h);
            }
            below += share;
        }
        Arrays.fill(out, next, levels.length, StrictMath.exp(scales.logScale(scales.count() - 1)));
        scratch.release(mark);
    }

    /** Where between 0 and 1 a share of the integral of a density is reached that is a at 0, b at 1 and straight between. */
    private static double within(double share, double a, double b) {
        double total = 0.5 * (a + b) * share;
        return total / (0.5 * (a + Math.sqrt(Math.max(0, a * a + 2 * (b - a) * total))));
    }

    @Override
    public void covariance(double[] memory, double[] covariance, Scratch scratch) {
        state.read(memory);
        state.logMass = scales.place(state, scratch);
        int mark = scratch.mark();
        int n = scales.count() * modes;
        double[] weights = scratch.take(n);
        double[] means = scratch.take(n * d);
        double[] variances = scratch.take(n * d);
        double[] own = scratch.take(d * d);
        double[] precision = new double[d];
        double[] mean = new double[d];
        mixture(weights, means, variances, scratch);
        Arrays.fill(covariance, 0, d * d, 0);
        double[] nodeMeans = scratch.take(scales.count() * d);
        Arrays.fill(nodeMeans, 0);
        for (int at = 0; at < n; at++) {
            double share = weights[at] / weight(at / modes);
            for (int j = 0; j < d; j++) {
                mean[j] += weights[at] * means[at * d + j];
                nodeMeans[at / modes * d + j] += share * means[at * d + j];
            }
        }
        for (int g = 0; g < scales.count(); g++) {
            prior.covariance(scales.precisions(state, scales.logScale(g), precision), state.centre, own, scratch);
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    double between = (nodeMeans[g * d + a] - mean[a]) * (nodeMeans[g * d + b] - mean[b]);
                    covariance[a * d + b] = Math.fma(weight(g), own[a * d + b] + between, covariance[a * d + b]);
                }
            }
        }
        scratch.release(mark);
    }

    /** A scale by its weight, and x given it, one draw after the other. */
    @Override
    public void draw(double[] memory, Particles unknowns, Randomness random, long step, Scratch scratch) {
        state.read(memory);
        state.logMass = scales.place(state, scratch);
        int mark = scratch.mark();
        double[] uniforms = scratch.take(unknowns.stride);
        random.uniforms(step, Purpose.AUXILIARY, 0, uniforms, 0, unknowns.stride);
        Particles one = new Particles(1, d);
        double[] precision = new double[d];
        for (int i = 0; i < unknowns.size; i++) {
            int g = pick(uniforms[i]);
            prior.draw(scales.precisions(state, scales.logScale(g), precision), state.centre, one, random, step, i, scratch);
            for (int j = 0; j < d; j++) {
                unknowns.set(j, i, one.get(j, 0));
            }
            unknowns.set(d, i, StrictMath.exp(scales.logScale(g)));
        }
        unknowns.pad();
        scratch.release(mark);
    }

    private int pick(double uniform) {
        double sum = 0;
        for (int g = 0; g < scales.count() - 1; g++) {
            sum += weight(g);
            if (uniform < sum) {
                return g;
            }
        }
        return scales.count() - 1;
    }

    @Override
    public Recursion with(DenoisingPrior other, Learned learned) { return new UnknownScale(other, shape, rate); }
}
