package io.driftwood.inference.model;

import io.driftwood.inference.model.prior.Exponential;
import io.driftwood.inference.model.prior.Normal;
import io.driftwood.inference.model.prior.Uniform;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.hipparchus.CalculusFieldElement;

/**
 * A logistic regression with a positive slope for x1, a slope in (-2, 2) for x2, one particle at a time, three ways: its gradient by hand,
 * by Hipparchus, and not given.
 */
final class ParticleLogistic {

    private static final List<Block> PARAMETERS =
            List.of(Block.of("level", new Normal(0, 1)), Block.of("rise", new Exponential(1)), Block.of("tilt", new Uniform(-2, 2)));
    private static final List<String> FIELDS = List.of("y", "x1", "x2");

    private ParticleLogistic() {}

    private interface Common extends ParticleModel {

        @Override
        default List<Block> parameters() { return PARAMETERS; }

        @Override
        default List<String> fields() { return FIELDS; }

        @Override
        default double mean(double[] p, double[] row) { return 1 / (1 + Math.exp(-eta(p, row))); }

        @Override
        default double simulate(double[] p, double[] row, UniformRandomProvider random) {
            return random.nextDouble() < mean(p, row) ? 1 : 0;
        }

        @Override
        default void simulateCovariates(double[] row, UniformRandomProvider random) {
            row[1] = random.nextDouble(-1, 1);
            row[2] = random.nextDouble(-1, 1);
        }
    }

    private static double eta(double[] p, double[] row) { return p[0] + p[1] * row[1] + p[2] * row[2]; }

    /** No gradient. */
    static class Plain implements Common {
        @Override
        public double logLikelihood(double[] p, double[] row) {
            double eta = eta(p, row);
            return row[0] * eta - Math.max(eta, 0) - Math.log1p(Math.exp(-Math.abs(eta)));
        }
    }

    static final class ByHand extends Plain {
        @Override
        public boolean gradient(double[] p, double[] row, double[] gradient) {
            double residual = row[0] - mean(p, row);
            gradient[0] = residual;
            gradient[1] = residual * row[1];
            gradient[2] = residual * row[2];
            return true;
        }
    }

    static final class ByHipparchus implements Common, DifferentiatedModel {
        @Override
        public <T extends CalculusFieldElement<T>> T logLikelihood(T[] p, double[] row) {
            T eta = p[0].add(p[1].multiply(row[1])).add(p[2].multiply(row[2]));
            return eta.multiply(row[0]).subtract(eta.exp().log1p());
        }
    }

    /** A public class, as a configuration names it. */
    public static final class Named extends Plain {}
}
