package io.driftwood.inference.model;

import io.driftwood.inference.model.bijector.LogisticTerm;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;

/**
 * A block's prior under which sigma(slope (z - centre)) of each column is an independent Beta(a, b): its log-density in z is a
 * {@link LogisticTerm} a column and a constant. Proper.
 */
abstract class SeparablePrior implements BlockPrior {

    private final LogisticTerm[] terms;
    private final double constant;

    /** Adds the normalising constants of the terms itself: sum of log slope - log B(a, b). */
    SeparablePrior(LogisticTerm... terms) {
        this.terms = terms;
        double sum = 0;
        for (LogisticTerm term : terms) {
            sum += StrictMath.log(term.slope()) - org.hipparchus.special.Beta.logBeta(term.a(), term.b());
        }
        this.constant = sum;
    }

    @Override
    public final boolean isProper() { return true; }

    @Override
    public final void addLogDensity(double[] z, int zOffset, int stride, double[] logDensity, double[] score, Scratch scratch) {
        for (int j = 0; j < terms.length; j++) {
            terms[j].add(z, zOffset + j * stride, stride, logDensity, score, scratch);
        }
        for (int i = 0; i < stride; i++) {
            logDensity[i] += constant;
        }
    }

    @Override
    public final void addHessianVector(double[] z, int zOffset, int stride, double[] v, double[] out, Scratch scratch) {
        for (int j = 0; j < terms.length; j++) {
            terms[j].addHessianVector(z, zOffset + j * stride, stride, v, out, scratch);
        }
    }

    /** sigma(t) = g/(g + h) with gammas g, h has t = log g - log h. */
    @Override
    public final void sample(double[] z, int zOffset, int stride, int n, Randomness random, long step, int iteration, Scratch scratch) {
        for (int j = 0; j < terms.length; j++) {
            UniformRandomProvider source = random.provider(step, Purpose.PRIOR, iteration + j);
            var g = AhrensDieterMarsagliaTsangGammaSampler.of(source, terms[j].a(), 1);
            var h = AhrensDieterMarsagliaTsangGammaSampler.of(source, terms[j].b(), 1);
            for (int i = 0; i < n; i++) {
                double t = StrictMath.log(g.sample()) - StrictMath.log(h.sample());
                z[zOffset + j * stride + i] = terms[j].centre() + t / terms[j].slope();
            }
        }
    }
}
