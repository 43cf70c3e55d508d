package io.driftwood.calibration;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.LaplaceApproximation;
import io.driftwood.inference.target.PosteriorTarget;
import java.util.Arrays;

/** True parameters, independent: from the prior, or where that is improper from its posterior given the training observations. */
final class Truths {

    /** So many that their own error, of order 1/sqrt(PROPOSALS), is below what the replicates can see. */
    private static final int PROPOSALS = 400_000;

    private Truths() {}

    static Particles draw(CalibrationCase c, int count, Randomness random) {
        Particles theta = new Particles(count, c.model().parameters().dimension());
        if (c.training().length == 0) {
            c.model().samplePrior(theta, random, 0, new Scratch());
        } else {
            resampled(c.model(), rows(c.model(), c.training()), theta, random);
        }
        return theta;
    }

    static Rows rows(Model model, double[][] observations) {
        Rows rows = new Rows(model.rowWidth());
        double[] row = new double[model.rowWidth()];
        for (double[] observation : observations) {
            model.encode(observation, row);
            rows.append(row, 1);
        }
        return rows;
    }

    /** By importance resampling: {@link #PROPOSALS} draws of a widened Laplace approximation, each chosen as often as it is worth. */
    private static void resampled(Model model, Rows rows, Particles theta, Randomness random) {
        Scratch scratch = new Scratch();
        PosteriorTarget target = new PosteriorTarget(model).on(rows);
        GaussianTarget wide = LaplaceApproximation.of(target, new double[theta.dimension], scratch).orElseThrow().widened(1.5);
        Particles proposals = new Particles(PROPOSALS, theta.dimension);
        wide.sample(proposals, random, 0, Purpose.USER, 0, scratch);
        double[] density = new double[proposals.stride];
        double[] reference = new double[proposals.stride];
        target.evaluate(proposals, density, null, scratch);
        wide.evaluate(proposals, reference, null, scratch);
        double top = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < PROPOSALS; i++) {
            density[i] -= reference[i];
            top = Math.max(top, density[i]);
        }
        double total = 0;
        for (int i = 0; i < PROPOSALS; i++) {
            total += Math.exp(density[i] - top);
            density[i] = total;
        }
        double[] u = new double[theta.size];
        random.uniforms(0, Purpose.USER, 1, u, 0, u.length);
        for (int k = 0; k < theta.size; k++) {
            int found = Arrays.binarySearch(density, 0, PROPOSALS, u[k] * total);
            int chosen = found < 0 ? -found - 1 : found;
            for (int j = 0; j < theta.dimension; j++) {
                theta.set(j, k, proposals.get(j, chosen));
            }
        }
        theta.pad();
    }
}
