package io.driftwood.inference.sample;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import java.util.stream.IntStream;

/** The chains of one run of {@link SimulatedTempering}. */
final class TemperedChains {

    /** Step of the random address of changes of level. */
    private static final long LEVELS = 3;
    /** A chain that needs this many times the iterations that it should is lost. */
    private static final int PATIENCE = 200;

    private final Levels levels;
    private final int count;
    private final Randomness random;
    private final Scratch scratch = new Scratch();
    private final Particles x;
    private final int[] level;
    private final double[] u;
    private final double[] logWeight;
    /** P(j | x_i) at [j*stride + i]. */
    private final double[] probability;
    /** Their sums over the frozen iterations, the same way. */
    private final double[] occupancy;
    private int iteration;
    private long frozenIterations;
    private long changes;
    private long attempts;

    /** Begins with the weights 1/Z_j of the levels' ladder. */
    TemperedChains(Levels levels, Problem problem, int size, Randomness random) {
        this.random = random;
        this.levels = levels;
        this.count = levels.count();
        this.x = Starts.of(problem, size, random, AnnealedWalk.MAIN, scratch);
        this.level = new int[size];
        this.u = new double[x.stride];
        this.logWeight = new double[count];
        this.probability = new double[count * x.stride];
        this.occupancy = new double[count * x.stride];
        for (int j = 0; j < count; j++) {
            logWeight[j] = -levels.logNormaliser(j);
        }
    }

    /**
     * The states of the chains at their first visits to the top.
     *
     * @param particles visit t of chain i is particle t * chains + i
     */
    record Visits(Particles particles, long iterations) {}

    /** A fifth of the iterations only spreads the chains over the levels. */
    void learnWeights(int iterations) {
        int settling = iterations / 5;
        for (int t = 1; t <= iterations; t++) {
            iterate();
            for (int j = 0; j < count && t > settling; j++) {
                double share = LaneMath.get().sum(probability, j * x.stride, x.size) / x.size;
                logWeight[j] -= Math.min(1, iterations / 10.0 / (t - settling)) * (share - 1.0 / count);
            }
        }
        levels.info.clear();
        attempts = 0;
        changes = 0;
    }

    /** Goes on until every chain has been at the top so many times; each contributes its first visits, so that none counts for more. */
    Visits untilAtTop(int times) {
        Particles kept = new Particles(times * x.size, x.dimension);
        int[] visits = new int[x.size];
        int waiting = x.size;
        long most = 1000 + (long) PATIENCE * count * count * times;
        while (waiting > 0) {
            if (frozenIterations == most) {
                throw new SamplingException(waiting + " of " + x.size + " chains were at the top level fewer than " + times + " times in " + most
                        + " iterations: take more levels or more moves");
            }
            iterate();
            addOccupancy();
            for (int i = 0; i < x.size; i++) {
                if (level[i] == count - 1 && visits[i] < times) {
                    copy(i, kept, visits[i] * x.size + i);
                    visits[i]++;
                    waiting -= visits[i] == times ? 1 : 0;
                }
            }
        }
        kept.pad();
        return new Visits(kept, frozenIterations);
    }

    /** Every chain moves at its level, then may change it. */
    private void iterate() {
        for (int j = 0; j < count; j++) {
            moveThoseAt(j);
        }
        x.pad();
        levels.logRatio(x, u);
        weighLevels();
        changeLevels();
        iteration++;
    }

    private void moveThoseAt(int j) {
        int mark = scratch.mark();
        int[] who = scratch.takeIndices(x.size);
        int n = 0;
        for (int i = 0; i < x.size; i++) {
            if (level[i] == j) {
                who[n++] = i;
            }
        }
        if (n > 0) {
            Particles group = new Particles(n, x.dimension, scratch.take(x.length()));
            for (int k = 0; k < n; k++) {
                copy(who[k], x, group, k);
            }
            group.pad();
            levels.move(group, j, AnnealedWalk.MAIN, iteration);
            for (int k = 0; k < n; k++) {
                copy(k, group, x, who[k]);
            }
        }
        scratch.release(mark);
    }

    /** P(j | x) = softmax_j(log c_j + beta_j u). */
    private void weighLevels() {
        int mark = scratch.mark();
        double[] log = scratch.take(count);
        for (int i = 0; i < x.size; i++) {
            for (int j = 0; j < count; j++) {
                log[j] = logWeight[j] + (j == 0 ? 0 : levels.beta(j) * u[i]);
            }
            double total = LaneMath.get().logSumExp(log, 0, count);
            for (int j = 0; j < count; j++) {
                log[j] -= total;
            }
            LaneMath.get().exp(log, 0, log, 0, count);
            for (int j = 0; j < count; j++) {
                probability[j * x.stride + i] = log[j];
            }
        }
        scratch.release(mark);
    }

    /** To a neighbour, accepted with min(1, P(j') q(j' -> j) / (P(j) q(j -> j'))); from an end there is one neighbour. */
    private void changeLevels() {
        int mark = scratch.mark();
        double[] direction = scratch.take(x.stride);
        double[] chance = scratch.take(x.stride);
        random.uniforms(LEVELS, Purpose.NOISE, iteration, direction, 0, x.stride);
        random.uniforms(LEVELS, Purpose.ACCEPT, iteration, chance, 0, x.stride);
        for (int i = 0; i < x.size; i++) {
            int from = level[i];
            int to = from == 0 ? 1 : from == count - 1 ? from - 1 : direction[i] < 0.5 ? from - 1 : from + 1;
            double back = choice(to) / choice(from);
            attempts++;
            if (chance[i] * probability[from * x.stride + i] < back * probability[to * x.stride + i]) {
                level[i] = to;
                changes++;
            }
        }
        scratch.release(mark);
    }

    /** Probability with which a neighbour is chosen. */
    private double choice(int from) { return from == 0 || from == count - 1 ? 1 : 0.5; }

    private void addOccupancy() {
        LaneMath.get().axpy(1, probability, 0, occupancy, 0, occupancy.length);
        frozenIterations++;
    }

    /** log(c_0 / c_J) + log(o_J / o_0), with the error of independent chains by the delta method. */
    Evidence evidence(String bias) {
        int top = (count - 1) * x.stride;
        double atTop = LaneMath.get().sum(occupancy, top, x.size) / x.size;
        double atBottom = LaneMath.get().sum(occupancy, 0, x.size) / x.size;
        double variance = 0;
        for (int i = 0; i < x.size; i++) {
            double share = occupancy[top + i] / atTop - occupancy[i] / atBottom;
            variance += share * share / x.size / (x.size - 1.0);
        }
        double log = logWeight[0] - logWeight[count - 1] + StrictMath.log(atTop / atBottom);
        return Evidence.of(log, Math.sqrt(variance), Evidence.Kind.CONSISTENT).biased(bias);
    }

    /** Mean of P(j | x) at a level, over chains and frozen iterations. */
    double occupancy(int j) { return LaneMath.get().sum(occupancy, j * x.stride, x.size) / x.size / frozenIterations; }

    double leastOccupancy() { return IntStream.range(0, count).mapToDouble(this::occupancy).min().orElseThrow(); }

    double greatestOccupancy() { return IntStream.range(0, count).mapToDouble(this::occupancy).max().orElseThrow(); }

    double levelAcceptance() { return (double) changes / attempts; }

    private void copy(int from, Particles to, int at) { copy(from, x, to, at); }

    private static void copy(int from, Particles source, Particles to, int at) {
        for (int j = 0; j < source.dimension; j++) {
            to.values[j * to.stride + at] = source.values[j * source.stride + from];
        }
    }
}
