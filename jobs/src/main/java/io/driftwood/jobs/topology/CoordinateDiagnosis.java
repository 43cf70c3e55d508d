package io.driftwood.jobs.topology;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.sample.Draws;
import java.util.List;

/**
 * One coordinate over all runs, which count equally.
 *
 * @param mcse Monte Carlo standard error of the mean
 */
record CoordinateDiagnosis(double mean, double sd, double mcse, double essBulk, double essTail, double rHat) {

    static CoordinateDiagnosis of(List<ChainRun> runs, int coordinate) {
        double mean = runs.stream().mapToDouble(run -> run.draws().mean(coordinate)).average().orElseThrow();
        double variance = runs.stream().mapToDouble(run -> squares(run.draws(), coordinate, mean)).average().orElseThrow();
        double error = Math.sqrt(runs.stream().mapToDouble(run -> squaredError(run.draws(), coordinate)).sum()) / runs.size();
        return new CoordinateDiagnosis(mean, Math.sqrt(variance), error, Double.NaN, Double.NaN, Double.NaN);
    }

    /** sum_i W_i (x_i - centre)^2. */
    private static double squares(Draws draws, int coordinate, double centre) {
        Particles x = draws.particles();
        return LaneMath.get().weightedSquares(draws.weights().normalised, 0, x.values, coordinate * x.stride, centre, x.size);
    }

    /** Of the mean of a run: by the weights of a population, by the lanes of Markov chains, which are independent. */
    private static double squaredError(Draws draws, int coordinate) {
        Particles x = draws.particles();
        double mean = draws.mean(coordinate);
        double total = 0;
        for (int lane = 0; lane < draws.lanes(); lane++) {
            double excess = 0;
            for (int i = lane; i < x.size; i += draws.lanes()) {
                excess += draws.weights().normalised[i] * (x.get(coordinate, i) - mean);
            }
            total += excess * excess;
        }
        return total;
    }

    static double paretoK(Draws draws) {
        return Double.NaN;
    }
}
