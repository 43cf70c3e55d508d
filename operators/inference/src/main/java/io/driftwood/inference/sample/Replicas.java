package io.driftwood.inference.sample;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The chains of one run of {@link ReplicaExchange}: a population at every level; lane i of all of them is one chain. */
final class Replicas {

    /** Step of the random address of swaps. */
    private static final long SWAPS = 3;

    private final Levels levels;
    private final int count;
    private final int size;
    private final Randomness random;
    private final Scratch scratch = new Scratch();
    private final Particles[] x;
    /** u of level j, lane i. */
    private final double[][] u;
    /** Where the state at level j of lane i was last, of the two ends: -1 the bottom, 1 the top, 0 neither yet. */
    private final byte[][] from;
    private final double[] swapped;
    private final long[] attempted;
    /** Sum over rounds of e^((beta_(j+1) - beta_j) u), lane by lane, scaled by e^-scale_j. */
    private final double[][] stones;
    private final double[] scale;
    private int round;
    private int keptRounds;
    private long passages;

    Replicas(Levels levels, Problem problem, int size, Randomness random) {
        this.random = random;
        this.size = size;
        this.levels = levels;
        this.count = levels.count();
        this.x = new Particles[count];
        this.u = new double[count][Particles.strideOf(size)];
        this.from = new byte[count][size];
        this.swapped = new double[count - 1];
        this.attempted = new long[count - 1];
        this.stones = new double[count - 1][Particles.strideOf(size)];
        this.scale = new double[count - 1];
        for (int j = 0; j < count; j++) {
            x[j] = Starts.of(problem, size, random, AnnealedWalk.BACKWARD + 2 + j, scratch);
        }
        for (int j = 0; j + 1 < count; j++) {
            scale[j] = levels.logNormaliser(j + 1) - levels.logNormaliser(j);
        }
    }

    void warmUp(int rounds) {
        for (int t = 0; t < rounds; t++) {
            playRound();
        }
        levels.info.clear();
        Arrays.fill(swapped, 0);
        Arrays.fill(attempted, 0);
        passages = 0;
    }

    /** Round t of lane i is particle t * lanes + i. */
    Particles keep(int rounds) {
        Particles top = x[count - 1];
        Particles kept = new Particles(size * rounds, top.dimension);
        for (int t = 0; t < rounds; t++) {
            playRound();
            addStones();
            for (int j = 0; j < top.dimension; j++) {
                System.arraycopy(top.values, j * top.stride, kept.values, j * kept.stride + t * size, size);
            }
        }
        kept.pad();
        return kept;
    }

    private void playRound() {
        for (int j = 0; j < count; j++) {
            levels.move(x[j], j, AnnealedWalk.MAIN, round);
            levels.logRatio(x[j], u[j]);
        }
        for (int low = round % 2; low + 1 < count; low += 2) {
            swap(low);
        }
        countPassages();
        round++;
    }

    private void swap(int low) {
        int mark = scratch.mark();
        double[] chance = scratch.take(Particles.strideOf(size));
        double[] ratio = scratch.take(Particles.strideOf(size));
        random.uniforms(SWAPS, Purpose.ACCEPT, round * count + low, chance, 0, size);
        double gap = levels.beta(low + 1) - levels.beta(low);
        for (int i = 0; i < size; i++) {
            double log = gap * (u[low][i] - u[low + 1][i]);
            ratio[i] = log == log ? Math.min(0, log) : Double.NEGATIVE_INFINITY;
        }
        LaneMath.get().exp(ratio, 0, ratio, 0, size);
        swapped[low] += LaneMath.get().sum(ratio, 0, size);
        attempted[low] += size;
        for (int i = 0; i < size; i++) {
            if (chance[i] < ratio[i]) {
                exchange(low, i);
            }
        }
        x[low].pad();
        x[low + 1].pad();
        scratch.release(mark);
    }

    private void exchange(int low, int lane) {
        Particles a = x[low];
        Particles b = x[low + 1];
        for (int j = 0; j < a.dimension; j++) {
            int at = j * a.stride + lane;
            double kept = a.values[at];
            a.values[at] = b.values[at];
            b.values[at] = kept;
        }
        double kept = u[low][lane];
        u[low][lane] = u[low + 1][lane];
        u[low + 1][lane] = kept;
        byte origin = from[low][lane];
        from[low][lane] = from[low + 1][lane];
        from[low + 1][lane] = origin;
    }

    /** A state from the bottom that reaches the top has made the whole way. */
    private void countPassages() {
        for (int i = 0; i < size; i++) {
            from[0][i] = -1;
            passages += from[count - 1][i] == -1 ? 1 : 0;
            from[count - 1][i] = 1;
        }
    }

    private void addStones() {
        int mark = scratch.mark();
        double[] term = scratch.take(Particles.strideOf(size));
        keptRounds++;
        for (int j = 0; j + 1 < count; j++) {
            double gap = levels.beta(j + 1) - levels.beta(j);
            for (int i = 0; i < size; i++) {
                term[i] = gap * u[j][i] - scale[j];
            }
            LaneMath.get().exp(term, 0, term, 0, size);
            LaneMath.get().axpy(1, term, 0, stones[j], 0, size);
        }
        scratch.release(mark);
    }

    /** Sum over levels of the log of the mean stone; lanes are independent, which gives the error by the delta method. */
    Evidence evidence(String bias) {
        double[] excess = new double[size];
        double log = 0;
        for (int j = 0; j + 1 < count; j++) {
            double mean = LaneMath.get().sum(stones[j], 0, size) / size;
            log += scale[j] + StrictMath.log(mean / keptRounds);
            for (int i = 0; i < size; i++) {
                excess[i] += stones[j][i] / mean - 1;
            }
        }
        double variance = 0;
        for (double e : excess) {
            variance += e * e / size / (size - 1.0);
        }
        return Evidence.of(log, Math.sqrt(variance), Evidence.Kind.CONSISTENT).biased(bias);
    }

    /** Mean acceptance probability of the swaps of level j with the next. */
    double swapAcceptance(int j) { return swapped[j] / attempted[j]; }

    double leastSwapAcceptance() { return IntStream.range(0, count - 1).mapToDouble(this::swapAcceptance).min().orElseThrow(); }

    double meanSwapAcceptance() { return IntStream.range(0, count - 1).mapToDouble(this::swapAcceptance).average().orElseThrow(); }

    /** How often a state came from the bottom to the top, over all lanes. */
    long passages() { return passages; }
}
