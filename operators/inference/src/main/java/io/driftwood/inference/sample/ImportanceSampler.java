package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GeometricBridge;
import io.driftwood.inference.target.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Importance sampling: draws of the reference q0, weighted by w = p / q0. Their mean weight is an unbiased estimate of the normaliser, and
 * <pre>   L_K = E log (1/K) sum_(k &lt;= K) w_k   </pre>
 * is a lower bound on its logarithm that rises with K, and is exact where q0 is the target. The weights' tail decides what this is worth:
 * look at the Pareto k.
 *
 * <p>Reference: Burda, Grosse and Salakhutdinov (2016), importance weighted autoencoders, for the bound.
 */
final class ImportanceSampler implements Sampler {

    static final List<Option> OPTIONS = List.of(Option.withDefault("bound-of", Shape.count(), 50L,
            "number of weights under the logarithm of the importance-weighted lower bound; no more than there are particles"));

    private final int boundOf;

    ImportanceSampler(Settings settings) { this.boundOf = settings.count("bound-of"); }

    @Override
    public String refusal(Problem problem) { return Refusals.realLine(problem); }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        Scratch scratch = new Scratch();
        Particles x = new Particles(size, problem.target().dimension());
        double[] u = new double[x.stride];
        problem.reference().sample(x, random, AnnealedWalk.MAIN, Purpose.START, 0, scratch);
        new GeometricBridge(problem.reference(), problem.target()).logRatio(x, u, scratch);
        LogWeights weights = new LogWeights(size);
        double logEvidence = weights.reweight(u, 1, scratch.take(x.stride));
        if (logEvidence == Double.NEGATIVE_INFINITY) {
            throw new SamplingException("no draw of the reference has a positive density under the target");
        }
        double variance = 1 / weights.effectiveSampleSize() - 1.0 / size;
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("lower-bound", bound(u, size, 1)[0]);
        double[] bound = bound(u, size, Math.min(boundOf, size));
        facts.put("importance-weighted-bound", bound[0]);
        facts.put("importance-weighted-bound-se", bound[1]);
        return new Draws(x, weights, size, Evidence.of(logEvidence, Math.sqrt(variance), Evidence.Kind.UNBIASED), "", facts);
    }

    /**
     * L_K from size / K groups of log-weights, those left over unused.
     *
     * @return the estimate and its standard error, which is NaN for a single group
     */
    static double[] bound(double[] logWeights, int size, int k) {
        int groups = size / k;
        double mean = 0;
        double squares = 0;
        for (int g = 0; g < groups; g++) {
            double value = LaneMath.get().logSumExp(logWeights, g * k, k) - StrictMath.log(k);
            double change = value - mean;
            mean += change / (g + 1);
            squares += change * (value - mean);
        }
        return new double[] {mean, Math.sqrt(squares / (groups - 1) / groups)};
    }
}
