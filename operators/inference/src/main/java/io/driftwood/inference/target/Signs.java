package io.driftwood.inference.target;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import java.util.Arrays;
import java.util.Optional;

/** A law on {-1, 1}^d as a table of its 2^d points: point k has coordinate j = +1 where bit j of k is set. For few coordinates. */
final class Signs {

    /** 2^16 points take some ten milliseconds. */
    static final int LARGEST = 16;

    private Signs() {}

    /** log of the sum of e^log-mass over all points. */
    static double logNormaliser(Target target) {
        double[] masses = logMasses(target);
        return LaneMath.get().logSumExp(masses, 0, masses.length);
    }

    /** Draws by inversion of the cumulative masses. */
    static Optional<ExactSampler> sampler(Target target) {
        double[] masses = logMasses(target);
        double[] cumulative = new double[masses.length];
        double logSum = LaneMath.get().logSumExp(masses, 0, masses.length);
        double sum = 0;
        for (int k = 0; k < masses.length; k++) {
            sum += StrictMath.exp(masses[k] - logSum);
            cumulative[k] = sum;
        }
        return Optional.of((x, random, step, iteration, scratch) -> {
            int mark = scratch.mark();
            double[] uniforms = scratch.take(x.stride);
            random.uniforms(step, Purpose.ANCESTOR, iteration, uniforms, 0, x.stride);
            for (int i = 0; i < x.stride; i++) {
                int found = Arrays.binarySearch(cumulative, uniforms[i]);
                place(x, i, Math.min(cumulative.length - 1, found >= 0 ? found + 1 : -found - 1));
            }
            x.pad();
            scratch.release(mark);
        });
    }

    static double[] logMasses(Target target) {
        Particles all = new Particles(1 << target.dimension(), target.dimension());
        for (int k = 0; k < all.size; k++) {
            place(all, k, k);
        }
        all.pad();
        double[] masses = new double[all.stride];
        target.evaluate(all, masses, null, new Scratch());
        return Arrays.copyOf(masses, all.size);
    }

    private static void place(Particles x, int i, int point) {
        for (int j = 0; j < x.dimension; j++) {
            x.values[j * x.stride + i] = (point >> j & 1) == 1 ? 1 : -1;
        }
    }

    /** Independent signs: +1 with probability[j]. */
    static void draw(Particles x, double[] probabilities, io.driftwood.inference.random.Randomness random, long step, int iteration) {
        random.uniforms(step, Purpose.SIMULATE, iteration, x.values, 0, x.length());
        for (int j = 0; j < x.dimension; j++) {
            for (int i = 0; i < x.stride; i++) {
                x.values[j * x.stride + i] = x.values[j * x.stride + i] < probabilities[j] ? 1 : -1;
            }
        }
        x.pad();
    }
}
