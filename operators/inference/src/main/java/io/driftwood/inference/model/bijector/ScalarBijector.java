package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.List;

/** A bijector of one coordinate, which also gives T' and T''. */
public interface ScalarBijector extends Bijector {

    @Override
    default int unconstrainedSize() { return 1; }

    @Override
    default int constrainedSize() { return 1; }

    @Override
    default List<String> constrainedNames(String name) { return List.of(name); }

    /** The open interval that T maps onto. */
    double low();

    double high();

    /** first[i] = T'(z_i) and, where not null, second[i] = T''(z_i), for i in [0, n). */
    void derivatives(double[] z, int zOffset, int n, double[] first, double[] second, Scratch scratch);

    @Override
    default void addPullBack(double[] z, int zOffset, double[] gradient, int xOffset, double[] score, int stride, Scratch scratch) {
        int mark = scratch.mark();
        double[] first = scratch.take(stride);
        derivatives(z, zOffset, stride, first, null, scratch);
        LaneMath.get().multiplyAdd(first, 0, gradient, xOffset, score, zOffset, stride);
        scratch.release(mark);
    }
}
