package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.all;
import static io.driftwood.inference.numeric.ScalarExponential.ROUNDER;
import static io.driftwood.inference.numeric.ScalarTrigonometry.HALF_PI;
import static jdk.incubator.vector.VectorOperators.SQRT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** {@link ScalarBoxMuller}, operation by operation, on vectors. */
final class VectorBoxMuller {

    private VectorBoxMuller() {}

    static void pair(DoubleVector u1, DoubleVector u2, double[] out, int first, int second) {
        DoubleVector radius = VectorLogarithm.logCore(u1, all(0.0)).mul(-2.0).lanewise(SQRT);
        DoubleVector turns = u2.mul(4.0);
        DoubleVector shifted = turns.add(ROUNDER);
        DoubleVector r = turns.sub(shifted.sub(ROUNDER)).mul(HALF_PI);
        LongVector quadrant = shifted.reinterpretAsLongs();
        DoubleVector z = r.mul(r);
        DoubleVector sin = z.mul(r).fma(VectorTrigonometry.sinSeries(z), r);
        DoubleVector cos = z.fma(z.fma(VectorTrigonometry.cosSeries(z), all(-0.5)), all(1.0));
        radius.mul(VectorTrigonometry.turnedCos(sin, cos, quadrant)).intoArray(out, first);
        radius.mul(VectorTrigonometry.turnedSin(sin, cos, quadrant)).intoArray(out, second);
    }
}
