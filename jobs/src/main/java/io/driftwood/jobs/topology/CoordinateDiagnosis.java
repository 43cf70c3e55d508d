package io.driftwood.jobs.topology;

import io.driftwood.inference.diagnostic.ChainDiagnosis;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.sample.Draws;
import java.util.List;

/**
 * One coordinate over all runs, which count equally.
 *
 * <p>Markov chains are diagnosed as such, every lane of every run a chain. Populations have no order in time, so effective sizes are left out; their error is that
 * of their weights, which does not know what the particles of one run have in common. Between four runs or more it is seen: then it is the error of independent means.
 *
 * @param mcse Monte Carlo standard error of the mean
 */
record CoordinateDiagnosis(double mean, double sd, double mcse, double essBulk, double essTail, double rHat) {

    /** Fewer means say little of their spread. */
    private static final int ENOUGH_RUNS = 4;
    /** R-hat halves the chains. */
    private static final int SHORTEST = 8;

    static CoordinateDiagnosis of(List<ChainRun> runs, int coordinate) {
        Draws first = runs.get(0).draws();
        return first.length() >= SHORTEST ? ofChains(runs, coordinate) : ofPopulations(runs, coordinate);
    }

    private static CoordinateDiagnosis ofChains(List<ChainRun> runs, int coordinate) {
        double[][] chains = runs.stream().flatMap(run -> List.of(lanes(run.draws(), coordinate)).stream()).toArray(double[][]::new);
        ChainDiagnosis of = ChainDiagnosis.of(chains);
        return new CoordinateDiagnosis(of.mean(), of.standardDeviation(), of.meanStandardError(), of.bulkSize(), of.tailSize(), of.rHat());
    }

    private static double[][] lanes(Draws draws, int coordinate) {
        double[][] lanes = new double[draws.lanes()][draws.length()];
        for (int i = 0; i < draws.particles().size; i++) {
            lanes[i % draws.lanes()][i / draws.lanes()] = draws.particles().get(coordinate, i);
        }
        return lanes;
    }

    private static CoordinateDiagnosis ofPopulations(List<ChainRun> runs, int coordinate) {
        double[] means = runs.stream().mapToDouble(run -> run.draws().mean(coordinate)).toArray();
        int n = means.length;
        double mean = LaneMath.get().sum(means, 0, n) / n;
        double variance = runs.stream().mapToDouble(run -> squares(run.draws(), coordinate, mean)).sum() / n;
        double between = 0;
        for (double each : means) {
            between += (each - mean) * (each - mean) / n / (n - 1.0);
        }
        double within = runs.stream().mapToDouble(run -> squaredError(run.draws(), coordinate)).sum() / n / n;
        return new CoordinateDiagnosis(mean, Math.sqrt(variance), Math.sqrt(n >= ENOUGH_RUNS ? between : within), Double.NaN, Double.NaN, Double.NaN);
    }

    /** sum_i W_i (x_i - centre)^2. */
    private static double squares(Draws draws, int coordinate, double centre) {
        Particles x = draws.particles();
        return LaneMath.get().weightedSquares(draws.weights().normalised, 0, x.values, coordinate * x.stride, centre, x.size);
    }

    /** sum_i W_i^2 (x_i - mean)^2. */
    private static double squaredError(Draws draws, int coordinate) {
        double mean = draws.mean(coordinate);
        double total = 0;
        for (int i = 0; i < draws.particles().size; i++) {
            double excess = draws.weights().normalised[i] * (draws.particles().get(coordinate, i) - mean);
            total += excess * excess;
        }
        return total;
    }
}
