package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.PresentChannels;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * Many particle filters side by side, one for each value of the static columns, moved and weighed in one sweep: island i has the lanes
 * i n .. (i+1) n - 1. Each resamples by itself (systematic) when its effective sample size falls below half.
 */
final class Islands {

    final int count;
    final int each;
    final Particles x;
    /** log p-hat(y_1..y_t | theta_i). */
    final double[] logLikelihood;
    private final double[] logWeight;
    private final Proposal proposal;
    private final int statics;

    Islands(Proposal proposal, int statics, int count, int each) {
        this.proposal = proposal;
        this.statics = statics;
        this.count = count;
        this.each = each;
        x = new Particles(count * each, proposal.columns());
        logLikelihood = new double[count];
        logWeight = new double[x.stride];
    }

    /** Gives island i the static columns of particle i. */
    void settle(Particles theta) {
        for (int j = 0; j < statics; j++) {
            for (int i = 0; i < count; i++) {
                Arrays.fill(x.values, j * x.stride + i * each, j * x.stride + (i + 1) * each, theta.get(j, i));
            }
        }
        x.pad();
    }

    /** One record: adds to the likelihoods, and writes what it added to {@code increments}. NaN or impossible: -inf, and the island stays dead. */
    void step(double[] y, Moment moment, boolean first, Randomness random, long step, int iteration, double[] increments, Scratch scratch) {
        int mark = scratch.mark();
        boolean measured = PresentChannels.any(y, y.length);
        double[] logIncrement = scratch.take(x.stride);
        Arrays.fill(logIncrement, 0, x.stride, 0.0);
        if (first) {
            proposal.beginGiven(x, moment, random, step, iteration, scratch);
            Arrays.fill(logWeight, -StrictMath.log(each));
            Arrays.fill(logLikelihood, 0.0);
            if (measured) {
                proposal.weighFirst(x, y, moment, logIncrement, scratch);
            }
        } else {
            resample(random, step, iteration, scratch);
            if (measured) {
                proposal.move(x, y, moment, logIncrement, random, step, iteration, scratch);
            } else {
                proposal.coast(x, moment, random, step, iteration, scratch);
            }
        }
        for (int i = 0; i < count; i++) {
            increments[i] = measured ? weigh(i, logIncrement) : 0;
            logLikelihood[i] += increments[i];
        }
        scratch.release(mark);
    }

    private double weigh(int island, double[] logIncrement) {
        int from = island * each;
        for (int k = from; k < from + each; k++) {
            double sum = logWeight[k] + logIncrement[k];
            logWeight[k] = sum < Double.POSITIVE_INFINITY ? sum : Double.NEGATIVE_INFINITY;
        }
        double total = LaneMath.get().logSumExp(logWeight, from, each);
        if (total == Double.NEGATIVE_INFINITY) {
            Arrays.fill(logWeight, from, from + each, -StrictMath.log(each));
            return total;
        }
        for (int k = from; k < from + each; k++) {
            logWeight[k] -= total;
        }
        return total;
    }

    private void resample(Randomness random, long step, int iteration, Scratch scratch) {
        if (each == 1) {
            return;
        }
        int mark = scratch.mark();
        double[] u = scratch.take(count);
        double[] weight = scratch.take(each);
        double[] spare = scratch.take(each);
        int[] ancestors = scratch.takeIndices(each);
        random.uniforms(step, Purpose.RESAMPLE, iteration + 1, u, 0, count);
        for (int i = 0; i < count; i++) {
            LaneMath.get().exp(logWeight, i * each, weight, 0, each);
            if (2 > each * LaneMath.get().dot(weight, 0, weight, 0, each)) {
                continue;
            }
            systematic(weight, u[i], ancestors);
            gather(i, ancestors, spare);
            Arrays.fill(logWeight, i * each, (i + 1) * each, -StrictMath.log(each));
        }
        scratch.release(mark);
    }

    private void systematic(double[] weight, double u, int[] ancestors) {
        double total = LaneMath.get().sum(weight, 0, each);
        double cumulative = weight[0];
        int i = 0;
        for (int k = 0; k < each; k++) {
            while (i < each - 1 && !(cumulative > (u + k) / each * total)) {
                cumulative += weight[++i];
            }
            ancestors[k] = i;
        }
    }

    private void gather(int island, int[] ancestors, double[] spare) {
        for (int j = statics; j < x.dimension; j++) {
            int from = j * x.stride + island * each;
            System.arraycopy(x.values, from, spare, 0, each);
            for (int k = 0; k < each; k++) {
                x.values[from + k] = spare[ancestors[k]];
            }
        }
    }

    /** Island {@code to} becomes a copy of another's island {@code from}. */
    void copy(int to, Islands other, int from) {
        for (int j = 0; j < x.dimension; j++) {
            System.arraycopy(other.x.values, j * x.stride + from * each, x.values, j * x.stride + to * each, each);
        }
        System.arraycopy(other.logWeight, from * each, logWeight, to * each, each);
        logLikelihood[to] = other.logLikelihood[from];
        x.pad();
    }

    /** A population with one particle of each island, chosen by its weights, in the place of the constants alone. For a summary. */
    PosteriorState chosen(PosteriorState state, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] u = scratch.take(count);
        state.randomness().uniforms(state.step, Purpose.SUMMARY, iteration, u, 0, count);
        PosteriorState out = new PosteriorState();
        out.keyBits = state.keyBits;
        out.step = state.step;
        out.weights = state.weights;
        out.particles = new Particles(count, x.dimension);
        for (int i = 0; i < count; i++) {
            int from = i * each;
            int k = from;
            for (double left = u[i] - StrictMath.exp(logWeight[k]); left > 0 && k < from + each - 1; left -= StrictMath.exp(logWeight[k])) {
                k++;
            }
            for (int j = 0; j < x.dimension; j++) {
                out.particles.set(j, i, x.get(j, k));
            }
        }
        out.particles.pad();
        scratch.release(mark);
        return out;
    }

    /** Numbers that {@link #save} writes. */
    int length() { return 1 + count + logWeight.length + x.length(); }

    /** [each, log-likelihoods, log-weights, columns], from an offset. */
    void save(double[] to, int offset) {
        to[offset] = each;
        System.arraycopy(logLikelihood, 0, to, offset + 1, count);
        System.arraycopy(logWeight, 0, to, offset + 1 + count, logWeight.length);
        System.arraycopy(x.values, 0, to, offset + 1 + count + logWeight.length, x.length());
    }

    void load(double[] from, int offset) {
        System.arraycopy(from, offset + 1, logLikelihood, 0, count);
        System.arraycopy(from, offset + 1 + count, logWeight, 0, logWeight.length);
        System.arraycopy(from, offset + 1 + count + logWeight.length, x.values, 0, x.length());
    }
}
