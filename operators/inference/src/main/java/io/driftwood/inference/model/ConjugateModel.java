package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;

/** A model whose posterior is known in closed form from a few statistics. Also an ordinary model, so that particles can be held against the exact answer. */
public interface ConjugateModel extends Model {

    /** How many numbers the statistics are. */
    int statisticsLength();

    /** Statistics before the first row: the prior. */
    void initialise(double[] statistics);

    /** Takes in one encoded row. */
    void update(double[] statistics, double[] row);

    /** log p(row | rows seen so far), exact: the log-evidence increment. */
    double logPredictive(double[] statistics, double[] row);

    /** Exact posterior mean of constrained parameter k; NaN where it does not exist. */
    double mean(double[] statistics, int parameter);

    /** Exact posterior standard deviation of constrained parameter k; NaN where it does not exist. */
    double standardDeviation(double[] statistics, int parameter);

    /** Exact posterior quantile of constrained parameter k at level p in (0, 1). */
    double quantile(double[] statistics, int parameter, double p);

    /** Independent draws from the posterior, unconstrained, over the whole stride. */
    void sample(double[] statistics, Particles theta, Randomness random, long step, Scratch scratch);
}
