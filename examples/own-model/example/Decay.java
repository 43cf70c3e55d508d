package example;

import io.driftwood.inference.model.Block;
import io.driftwood.inference.model.DifferentiatedModel;
import io.driftwood.inference.model.prior.LogNormal;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.hipparchus.CalculusFieldElement;
import org.hipparchus.special.Gamma;

/** Counts of a decaying source: count ~ Poisson(initial 2^(-hours / half_life)). */
public final class Decay implements DifferentiatedModel {

    @Override
    public List<Block> parameters() {
        return List.of(Block.of("initial", new LogNormal(4, 1)), Block.of("half_life", new LogNormal(1, 1)));
    }

    @Override
    public List<String> fields() { return List.of("count", "hours"); }

    @Override
    public <T extends CalculusFieldElement<T>> T logLikelihood(T[] p, double[] row) {
        T logMean = p[0].log().subtract(p[1].reciprocal().multiply(Math.log(2) * row[1]));
        return logMean.multiply(row[0]).subtract(logMean.exp()).subtract(Gamma.logGamma(row[0] + 1));
    }

    @Override
    public double mean(double[] p, double[] row) { return p[0] * Math.pow(2, -row[1] / p[1]); }

    @Override
    public double simulate(double[] p, double[] row, UniformRandomProvider random) {
        return PoissonSampler.of(random, mean(p, row)).sample();
    }

    @Override
    public void simulateCovariates(double[] row, UniformRandomProvider random) { row[1] = 10 * random.nextDouble(); }
}
