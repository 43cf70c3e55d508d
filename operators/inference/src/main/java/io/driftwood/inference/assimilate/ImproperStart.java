package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.LaplaceApproximation;
import io.driftwood.inference.target.PosteriorTarget;

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

    /** Whether prior times likelihood is positive at the origin: whether these rows can be at all. */
    boolean allows(Rows rows, Scratch scratch) {
        int mark = scratch.mark();
        Particles origin = new Particles(1, target.dimension());
        double[] density = scratch.take(origin.stride);
        target.on(rows).evaluate(origin, density, null, scratch);
        scratch.release(mark);
        return Double.isFinite(density[0]);
    }

    /**
     * Whether a mode was found and the population carried to the posterior. No mode with a negative definite Hessian, no normaliser: a
     * likelihood that rises for ever, as of separable data, has none.
     */
    boolean start(PosteriorState state, StepInfo info, Scratch scratch) {
        target.on(state.history);
        LaplaceApproximation laplace = LaplaceApproximation.of(target, new double[target.dimension()], scratch).orElse(null);
        if (laplace == null) {
            return false;
        }
        GaussianTarget reference = laplace.widened(WIDENING);
        reference.sample(state.particles, state.randomness(), state.step, Purpose.START, 0, scratch);
        return annealer.carry(state, new ReferencePath(reference, target), info, scratch);
    }
}
