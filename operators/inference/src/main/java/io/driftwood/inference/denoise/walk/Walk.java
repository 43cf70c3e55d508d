package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.transition.Cloud;
import io.driftwood.inference.transition.MoveInfo;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Tuning;
import io.driftwood.inference.transition.UnderdampedLangevin;

/**
 * How a population walks on a target: a transition, its step, and the scale of the coordinates in which the step is measured. Nothing adapts.
 *
 * @param stepSize in units of the scale
 */
public record Walk(Transition transition, double stepSize) {

    /** Friction that a step of {@link #aboba} takes, gamma_eff of walk-jump sampling. */
    public static final double FRICTION = 1;

    public Walk {
        if (!(stepSize > 0 && stepSize < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a step must be positive and finite, not " + stepSize);
        }
    }

    /**
     * Underdamped Langevin by aboba, in scaled coordinates: with v of unit mass, y += step v/2, v = e^(-friction) (v + step score/2) + sqrt(1 - e^(-2 friction)) z + step score/2,
     * y += step v/2.
     *
     * @param friction of a whole step
     */
    public static Walk aboba(double stepSize, double friction) {
        return new Walk(new UnderdampedLangevin(UnderdampedLangevin.Scheme.ABOBA, friction / stepSize, stepSize), stepSize);
    }

    /** A population on its walk, with what the walk needs. For one run. */
    final class Walkers {

        final Particles y;
        final MoveInfo info = new MoveInfo();
        private final Cloud cloud = new Cloud();
        private final Cloud spare = new Cloud();
        private final Tuning tuning = new Tuning();
        private final Randomness random;
        private final long step;
        private final Scratch scratch;
        private int iteration;

        Walkers(Particles y, double scale, Randomness random, long step, Scratch scratch) {
            this.y = y;
            this.random = random;
            this.step = step;
            this.scratch = scratch;
            cloud.over(y).withAuxiliaries(transition.auxiliaries(y.dimension));
            tuning.stepSize = stepSize;
            boolean scaled = transition.domain() == Domain.REAL;
            tuning.lower = new double[scaled ? y.dimension * y.dimension : 0];
            for (int j = 0; scaled && j < y.dimension; j++) {
                tuning.lower[j * (y.dimension + 1)] = scale;
            }
        }

        /** Moves on a target, from where they stand. Momenta are drawn once and carried from then on: those of an unadjusted walk do not stay standard normal. */
        void move(Target target, int moves) {
            if (transition.evaluates()) {
                target.evaluate(y, cloud.logDensity(), cloud.score(), scratch);
            }
            if (iteration == 0) {
                transition.refresh(cloud, target, tuning, random, step, iteration, scratch);
            }
            for (int t = 0; t < moves; t++) {
                transition.move(cloud, spare, target, tuning, random, step, iteration++, info, scratch);
            }
        }
    }

    /** y = x + sigma z. {@code y} and {@code x} may be the same. */
    static void addNoise(Particles x, double sigma, Particles y, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] noise = scratch.take(x.length());
        random.normals(step, Purpose.SIMULATE, iteration, noise, 0, x.length());
        if (x != y) {
            y.copyFrom(x);
        }
        LaneMath.get().axpy(sigma, noise, 0, y.values, 0, x.length());
        y.pad();
        scratch.release(mark);
    }
}
