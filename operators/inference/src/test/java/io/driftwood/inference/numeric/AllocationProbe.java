package io.driftwood.inference.numeric;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs every operation of an implementation in turn until none has allocated for {@link #QUIET_ROUNDS} rounds. The compiler may be late: what allocates is
 * told only after both {@link #ROUNDS} rounds and {@link #SECONDS}. Clean runs were seen to need 1000 to 2700 rounds, and up to 12 s on a busy machine.
 */
final class AllocationProbe {

    static final int ROUNDS = 20_000;
    static final int SECONDS = 30;
    static final int QUIET_ROUNDS = 100;
    private static final int REPEATS = 10;
    private static final int LANES = 64;

    private final double[] x = Inputs.between(1, -5, 5, 16 * LANES);
    private final double[] positive = Inputs.between(2, 0.1, 9, 16 * LANES);
    private final double[] out = new double[16 * LANES];
    private final double[] linear = new double[LANES];
    private final double[] product = new double[LANES];
    private final double[] partial = new double[LaneMath.PARTIAL];
    private final double[] tile = new double[9 * LaneMath.TILE_LANES];
    private double sink;

    private final Map<String, Consumer<LaneMath>> operations = new TreeMap<>(Map.ofEntries(
            Map.entry("exp", math -> math.exp(x, 0, out, 0, LANES)),
            Map.entry("expm1", math -> math.expm1(x, 0, out, 0, LANES)),
            Map.entry("log", math -> math.log(positive, 0, out, 0, LANES)),
            Map.entry("log1p", math -> math.log1p(positive, 0, out, 0, LANES)),
            Map.entry("sigmoid", math -> math.sigmoid(x, 0, out, 0, LANES)),
            Map.entry("softplus", math -> math.softplus(x, 0, out, 0, LANES)),
            Map.entry("softplusAndSigmoid", math -> math.softplusAndSigmoid(x, 0, out, 0, out, LANES, LANES)),
            Map.entry("sinCos", math -> math.sinCos(x, 0, out, 0, out, LANES, LANES)),
            Map.entry("logGamma", math -> math.logGamma(positive, 0, out, 0, LANES)),
            Map.entry("sum", math -> sink += math.sum(x, 0, LANES)),
            Map.entry("dot", math -> sink += math.dot(x, 0, positive, 0, LANES)),
            Map.entry("weightedSquares", math -> sink += math.weightedSquares(positive, 0, x, 0, 0.1, LANES)),
            Map.entry("weightedProducts", math -> sink += math.weightedProducts(positive, 0, x, 0, 0.1, x, 3, 0.2, LANES)),
            Map.entry("symmetricProducts", math -> math.symmetricProducts(x, x, 5, LANES, LANES, partial, out)),
            Map.entry("max", math -> sink += math.max(x, 0, LANES)),
            Map.entry("logSumExp", math -> sink += math.logSumExp(x, 0, LANES)),
            Map.entry("axpy", math -> math.axpy(1e-9, x, 0, out, 0, LANES)),
            Map.entry("axpby", math -> math.axpby(1e-9, x, 0, 0.5, out, 0, LANES)),
            Map.entry("multiplyAdd", math -> math.multiplyAdd(x, 0, x, 8, out, 0, LANES)),
            Map.entry("select", math -> math.select(x, positive, 0, out, 0, LANES)),
            Map.entry("rowsTimesColumns", math -> math.rowsTimesColumns(x, 0, 9, 13, 9, positive, LANES, 0, LANES, out)),
            Map.entry("addRowsTransposedTimes", math -> math.addRowsTransposedTimes(x, 0, 9, 13, 9, positive, out, LANES, 0, LANES)),
            Map.entry("lowerTimesColumns", math -> math.lowerTimesColumns(x, 9, positive, out, LANES, LANES)),
            Map.entry("lowerTransposedTimesColumns", math -> math.lowerTransposedTimesColumns(x, 9, positive, out, LANES, LANES)),
            Map.entry("addLowerTimesColumns", math -> math.addLowerTimesColumns(1e-9, x, 9, positive, out, LANES, LANES, tile)),
            Map.entry("addLowerTransposedTimesColumns", math -> math.addLowerTransposedTimesColumns(1e-9, x, 9, positive, out, LANES, LANES, tile)),
            Map.entry("addColumnSquares", math -> math.addColumnSquares(x, 9, LANES, LANES, 0.1, out)),
            Map.entry("logisticTile", math -> math.logisticTile(x, 0, 2, 3, out, LANES, linear, product)),
            Map.entry("uniforms", math -> math.uniforms(1, 2, 3, 4, 5, out, 0, LANES)),
            Map.entry("normals", math -> math.normals(1, 2, 3, 4, 5, out, 0, LANES))));

    /** Bytes of one call of each operation that still allocates; empty when none does. */
    Map<String, Long> stillAllocating(LaneMath math) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        String[] names = operations.keySet().toArray(String[]::new);
        long[] lastBytes = new long[names.length];
        int[] lastRound = new int[names.length];
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int round = 0;
        for (int quiet = 0; quiet < QUIET_ROUNDS && (round < ROUNDS || System.nanoTime() < end); round++) {
            quiet++;
            for (int k = 0; k < names.length; k++) {
                long bytes = allocated(threads, operations.get(names[k]), math);
                if (bytes > 0) {
                    lastBytes[k] = bytes;
                    lastRound[k] = round;
                    quiet = 0;
                }
            }
        }
        Map<String, Long> allocating = new TreeMap<>();
        for (int k = 0; k < names.length; k++) {
            if (lastBytes[k] > 0 && round - lastRound[k] <= QUIET_ROUNDS) {
                allocating.put(names[k], lastBytes[k] / REPEATS);
            }
        }
        return allocating;
    }

    private static long allocated(com.sun.management.ThreadMXBean threads, Consumer<LaneMath> operation, LaneMath math) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            operation.accept(math);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** For a fresh JVM: prints what still allocates. */
    public static void main(String[] arguments) {
        AllocationProbe probe = new AllocationProbe();
        System.out.println(LaneMath.get().name() + " " + probe.stillAllocating(LaneMath.get()) + (probe.sink == 42 ? " " : ""));
    }
}
