package io.driftwood.inference.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * No method of the plain or the chosen implementation allocates once the compiler is done with it. In vector code an allocation means that a vector crossed a call that
 * was not inlined. Everything runs in one JVM, so each kernel meets the compiler's profile of all the others.
 */
class AllocationTest {

    private static final int ROUNDS = 20_000;
    private static final int LANES = 64;

    private final double[] x = Inputs.between(1, -5, 5, 16 * LANES);
    private final double[] positive = Inputs.between(2, 0.1, 9, 16 * LANES);
    private final double[] out = new double[16 * LANES];
    private final double[] linear = new double[LANES];
    private final double[] product = new double[LANES];
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
            Map.entry("addColumnSquares", math -> math.addColumnSquares(x, 9, LANES, LANES, 0.1, out)),
            Map.entry("logisticTile", math -> math.logisticTile(x, 0, 2, 3, out, LANES, linear, product)),
            Map.entry("uniforms", math -> math.uniforms(1, 2, 3, 4, 5, out, 0, LANES)),
            Map.entry("normals", math -> math.normals(1, 2, 3, 4, 5, out, 0, LANES))));

    @Test
    void warmMethods_allocateNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (LaneMath math : new LaneMath[] {new PlainLaneMath(), LaneMath.get()}) {
            Map<String, Long> allocated = new TreeMap<>();
            for (int round = 0; round < ROUNDS && (round == 0 || !allocated.isEmpty()); round++) {
                allocated.clear();
                operations.forEach((name, operation) -> {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int repeat = 0; repeat < 10; repeat++) {
                        operation.accept(math);
                    }
                    allocated.merge(name, threads.getCurrentThreadAllocatedBytes() - before, Long::sum);
                });
                allocated.values().removeIf(bytes -> bytes == 0);
            }
            assertThat(allocated).as("%s; sink %s", math.name(), sink).isEmpty();
        }
    }
}
