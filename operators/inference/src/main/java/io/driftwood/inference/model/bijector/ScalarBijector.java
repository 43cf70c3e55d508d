package io.driftwood.inference.model.bijector;

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
}
