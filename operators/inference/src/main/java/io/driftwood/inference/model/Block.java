package io.driftwood.inference.model;

import io.driftwood.inference.model.bijector.Bijector;
import io.driftwood.inference.model.bijector.Exponential;
import io.driftwood.inference.model.bijector.Identity;
import io.driftwood.inference.model.bijector.Interval;
import io.driftwood.inference.model.bijector.ScalarBijector;
import io.driftwood.inference.model.prior.PriorDensity;

/**
 * One named parameter or group of parameters: how it is freed from its constraint, and its prior.
 *
 * @param name of the parameter; a group's entries are called name[1], name[2], ...
 * @param unit what it is measured in, or empty
 */
public record Block(String name, String unit, Bijector bijector, BlockPrior prior) {

    /** A scalar whose bijector follows from where its prior lives: the line, (0, inf) through the exponential, or an interval. */
    public static Block of(String name, PriorDensity prior) { return of(name, bijectorOf(prior), prior); }

    /** A scalar with a bijector of its own choice onto the interval where the prior lives. */
    public static Block of(String name, ScalarBijector bijector, PriorDensity prior) {
        return new Block(name, "", bijector, new ScalarPrior(bijector, prior));
    }

    private static ScalarBijector bijectorOf(PriorDensity prior) {
        if (prior.low() == Double.NEGATIVE_INFINITY && prior.high() == Double.POSITIVE_INFINITY) {
            return new Identity();
        }
        if (prior.low() == 0 && prior.high() == Double.POSITIVE_INFINITY) {
            return new Exponential();
        }
        return new Interval(prior.low(), prior.high());
    }
}
