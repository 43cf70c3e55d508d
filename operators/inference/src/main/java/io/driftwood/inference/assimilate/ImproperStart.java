package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.LaplaceApproximation;
import io.driftwood.inference.target.PosteriorTarget;
import java.util.Arrays;

/**
 * Starts a population whose prior cannot be sampled, once the buffered observations have made the posterior proper: draws from
 * a widened Laplace approximation q0 and carries them to the posterior along the geometric bridge. The evidence of that walk is
 * the normaliser of prior times likelihood, up to the unit of the improper prior.
 */
final class ImproperStart {

    /** q0 has this many times the Laplace standard deviation, to cover tails heavier than a Gaussian's. */
    private static final double WIDENING = 2.0;

    private final PosteriorTarget target;
    private final Annealer annealer;

    ImproperStart(Model model, Annealer annealer) {
        this.target = new PosteriorTarget(model);
        this.annealer = annealer;
    }

    /** Whether a mode was found and the population carried to the posterior. */
    boolean start(PosteriorState state, StepInfo info, Scratch scratch) {
        target.on(state.history);
        double[] origin = new double[target.dimension()];
        Arrays.fill(origin, 0.0);
        LaplaceApproximation laplace = LaplaceApproximation.of(target, origin, scratch).orElse(null);
        if (laplace == null) {
            return false;
        }
        GaussianTarget reference = laplace.widened(WIDENING);
        reference.sample(state.particles, state.randomness(), state.step, Purpose.START, 0, scratch);
        return annealer.carry(state, new ReferencePath(reference, target), info, scratch);
    }
}
