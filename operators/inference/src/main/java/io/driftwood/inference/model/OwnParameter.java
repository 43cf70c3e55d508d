package io.driftwood.inference.model;

import io.driftwood.inference.model.prior.PriorDensity;
import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A positive parameter of a {@link Family}: known, or unknown with a prior on (0, inf) and the column of its logarithm.
 *
 * @param known the value when known; ignored otherwise
 */
record OwnParameter(String name, double known, Optional<PriorDensity> prior) {

    OwnParameter {
        prior.ifPresent(density -> {
            if (density.low() != 0 || density.high() != Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("the prior of the " + name + " must live on (0, inf)");
            }
        });
    }

    static OwnParameter known(String name, double value) { return new OwnParameter(name, value, Optional.empty()); }

    static OwnParameter unknown(String name, PriorDensity prior) { return new OwnParameter(name, Double.NaN, Optional.of(prior)); }

    boolean isKnown() { return prior.isEmpty(); }

    List<Block> blocks() { return prior.map(density -> List.of(Block.of(name, density))).orElse(List.of()); }

    /** out[l] = logarithm of the parameter for {@code lanes} particles; its column, if it has one, is read at {@code own}. */
    void log(double[] theta, int own, double[] out, int lanes) {
        if (isKnown()) {
            Arrays.fill(out, 0, lanes, StrictMath.log(known));
        } else {
            System.arraycopy(theta, own, out, 0, lanes);
        }
    }

    /** out[l] = the parameter. */
    void value(double[] theta, int own, double[] out, int lanes) {
        if (isKnown()) {
            Arrays.fill(out, 0, lanes, known);
        } else {
            LaneMath.get().exp(theta, own, out, 0, lanes);
        }
    }

    /** The parameter of one particle. */
    double value(double[] theta, int own) { return isKnown() ? known : StrictMath.exp(theta[own]); }
}
