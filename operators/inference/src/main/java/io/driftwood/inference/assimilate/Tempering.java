package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;

/**
 * How far a population can be reweighted at once. The conditional effective sample size of the step b -> b + delta,
 * <pre>   CESS(delta) = N (sum W_i e^(delta u_i))^2 / sum W_i e^(2 delta u_i)   </pre>
 * falls from N as delta grows; the step taken is the whole rest when CESS allows it, otherwise the delta with CESS = alpha N,
 * by bisection. (Zhou, Johansen and Aston 2016; a particle of density zero, u = -inf, counts as lost.)
 *
 * <p>Under a vague prior most particles may be lost at any temperature, u = -1e100 or -inf, while the others explain the
 * observation well: CESS falls at once to what is left, and no step has alpha N. Then alpha is counted among those left, if there are
 * enough of them to go on with.
 */
public final class Tempering implements Temperatures {

    /** More sub-steps than this are a model that cannot explain the observation, not an informative one. */
    private static final int MAX_SUBSTEPS = 200;
    private static final int BISECTIONS = 60;
    /** Share of the rest after which whoever is lost would be at any temperature. */
    private static final double FIRST = 1e-6;
    /** What must be left then, in effective particles. */
    private static final double ENOUGH = 16;

    private final double threshold;

    /** @param threshold alpha in (0, 1) */
    public Tempering(double threshold) { this.threshold = threshold; }

    @Override
    public double step(LogWeights weights, double[] u, double beta, int stage, Scratch scratch) {
        return stage == MAX_SUBSTEPS ? 0 : step(weights, u, 1 - beta, scratch);
    }

    /** The largest admissible step in (0, rest]. */
    public double step(LogWeights weights, double[] u, double rest, Scratch scratch) {
        if (conditionalEss(weights, u, rest, scratch) >= threshold) {
            return rest;
        }
        double left = conditionalEss(weights, u, FIRST * rest, scratch);
        double enough = left < threshold && left * weights.size >= ENOUGH ? threshold * left : threshold;
        double low = 0;
        double high = rest;
        for (int k = 0; k < BISECTIONS; k++) {
            double middle = (low + high) / 2;
            if (conditionalEss(weights, u, middle, scratch) >= enough) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** CESS / N in [0, 1]. */
    public double conditionalEss(LogWeights weights, double[] u, double delta, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        int n = weights.size;
        double[] term = scratch.take(weights.log.length);
        for (int i = 0; i < n; i++) {
            double t = delta * u[i];
            term[i] = t == t ? t : Double.NEGATIVE_INFINITY;
        }
        double top = math.max(term, 0, n);
        if (!(Math.abs(top) < Double.POSITIVE_INFINITY)) {
            scratch.release(mark);
            return 0;
        }
        for (int i = 0; i < n; i++) {
            term[i] -= top;
        }
        math.exp(term, 0, term, 0, n);
        double first = math.dot(weights.normalised, 0, term, 0, n);
        double second = math.weightedSquares(weights.normalised, 0, term, 0, 0.0, n);
        scratch.release(mark);
        return first * first / second;
    }
}
