package io.driftwood.inference.numeric;

/**
 * Runs every kind of vector operation in turn, a few hundred times, before the first kernel has work: so that the compiler leaves no vector on the heap.
 *
 * <p>Arithmetic and comparisons of vectors pass through a few methods of the Vector API: {@code VectorOperators.opCode}, whose argument is of another class for each kind of
 * operation (unary, binary, ternary, comparison), and {@code ImplCache.find}, which runs to its end at the first use of an operation only. Where HotSpot
 * compiles one of them while it has met a single class, as during a loop of nothing but fma, the next kind of operation traps, up to four
 * times. The traps stay on the method's record, and each place where it is inlined, one for each vector operation of a kernel, counts them again. At 100 ({@code PerMethodTrapLimit})
 * the compiler no longer speculates in the whole kernel: type checks become virtual calls, and the vectors that cross them heap objects. Four traps
 * are enough for a kernel of some 25 operations. Whether it happens depends on when the compiler gets round to what.
 *
 * <p>Met in turn, the kinds stand in the profile, and the shared methods are compiled for all of them. The alternative is the JVM option
 * {@code -XX:PerMethodTrapLimit=100000}, which a library cannot set.
 */
final class VectorProfiles {

    /** Some 10,000 vector operations, about 0.2 s of a cold JVM. */
    private static final int ROUNDS = 10;
    private static final int LANES = 16;

    private VectorProfiles() {}

    static void mix(LaneMath math) {
        double[] in = new double[LANES];
        double[] out = new double[LANES];
        for (int round = 0; round < ROUNDS; round++) {
            math.normals(round, 0, 0, 0, 0, in, 0, LANES);
            math.exp(in, 0, out, 0, LANES);
            math.log(out, 0, out, 0, LANES);
            math.expm1(in, 0, out, 0, LANES);
            math.log1p(out, 0, out, 0, LANES);
            math.sigmoid(in, 0, out, 0, LANES);
            math.softplusAndSigmoid(in, 0, out, 0, out, 0, LANES);
            math.sinCos(in, 0, out, 0, in, 0, LANES);
            math.logGamma(in, 0, out, 0, LANES);
            math.logSumExp(in, 0, LANES);
        }
    }
}
