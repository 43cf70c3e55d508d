package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.LaplaceApproximation;
import io.driftwood.inference.target.PosteriorTarget;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.variational.FarStep;
import java.util.Arrays;
import java.util.Optional;

/**
 * Follows a posterior by one normal, cheaply, to notice how far an observation moves it: the prior's Laplace approximation first, and with every observation
 * <pre>   N(m', C') = Laplace approximation of  N(theta; m, C) p(y | theta)   </pre>
 * Exact for a normal likelihood, otherwise an approximation whose error does not shrink with time: good enough to know what paths should be tuned for, and
 * used for nothing else. A few Newton steps, O(d^3) each, an observation; d + d^2 numbers a key. Allocates. Owns buffers; not safe to share between threads.
 *
 * <p>Reference: Spiegelhalter and Lauritzen (1990), Networks 20, 579-605, for logistic regression. Differs: any model with a score.
 */
public final class LaplaceRecursion {

    private final Model model;
    private final Gate gate;
    private final double[] start;
    private final double[] row;
    private final Rows rows;

    /** @throws IllegalArgumentException with the reason when the model's prior is near no normal */
    public LaplaceRecursion(Model model) {
        this.model = model;
        this.gate = new Gate(model.fields());
        this.row = new double[model.rowWidth()];
        this.rows = new Rows(model.rowWidth());
        if (!model.hasProperPrior()) {
            throw new IllegalArgumentException("its prior is improper, and the posterior cannot be followed from the first observation on");
        }
        Target prior = new PosteriorTarget(model).on(rows);
        this.start = LaplaceApproximation.of(prior, new double[prior.dimension()], new Scratch()).map(LaplaceRecursion::state)
                .orElseThrow(() -> new IllegalArgumentException("its prior has no mode with a negative definite Hessian, from where the posterior could be followed"));
    }

    /** The state of a key before its first observation: m, then L with C = L L^T, row by row. */
    public double[] start() { return start.clone(); }

    /**
     * Advances one key by one observation. Overwrites {@code state}.
     *
     * @return how it moved; empty, and the state as it was, when the observation is refused, misses a value, or leads to no mode
     */
    public Optional<FarStep> step(double[] state, Observation y, Scratch scratch) {
        if (gate.refusal(y) != null) {
            return Optional.empty();
        }
        model.encode(y.values(), row);
        if (Gate.hasMissing(row)) {
            return Optional.empty();
        }
        rows.clear();
        rows.append(row, 1);
        GaussianTarget before = normal(state);
        return LaplaceApproximation.of(new WithRow(before), before.mean(), scratch).map(after -> {
            System.arraycopy(state(after), 0, state, 0, state.length);
            return FarStep.between(before, normal(state));
        });
    }

    private static double[] state(LaplaceApproximation laplace) {
        double[] mode = laplace.mode();
        double[] state = Arrays.copyOf(mode, mode.length * (mode.length + 1));
        System.arraycopy(laplace.factor(), 0, state, mode.length, mode.length * mode.length);
        return state;
    }

    private GaussianTarget normal(double[] state) {
        int d = model.parameters().dimension();
        return new GaussianTarget(Arrays.copyOf(state, d), Arrays.copyOfRange(state, d, state.length));
    }

    /** A normal times the likelihood of the row. */
    private final class WithRow implements Target {

        private final GaussianTarget normal;

        WithRow(GaussianTarget normal) { this.normal = normal; }

        @Override
        public int dimension() { return normal.dimension(); }

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
            normal.evaluate(x, logDensity, score, scratch);
            model.addLogLikelihood(x, rows, 0, rows.count, logDensity, score, scratch);
        }

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
            normal.hessianVector(x, v, out, scratch);
            model.addLikelihoodHessianVector(x, v, rows, 0, rows.count, out, scratch);
        }
    }
}
