package io.driftwood.inference.variational;

import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a run of tuning needs to go on where it was, to the bit: with the same target, plan, options and randomness, a run put back to this
 * state ends as one that was never stopped. Plain numbers, to be saved as they are.
 *
 * @param iteration iterations done
 * @param free the parameters without bounds
 * @param best the best parameters so far, as {@link PathParameters#flat}
 * @param bestMean their bound on the noise of the judges
 * @param retreat by how much the step was shortened since the best
 * @param patience judgements left without anything better
 * @param recoveries times that paths diverged
 * @param memory of the optimiser
 */
public record TuningState(long iteration, double[] free, double[] best, double bestMean, double retreat, int patience, int recoveries, double[] memory) {

    /** The same as named arrays of finite numbers: where no bound was finite yet the lowest number stands for it. */
    public Map<String, double[]> arrays() {
        return new TreeMap<>(Map.of("progress", new double[] {iteration, Math.max(bestMean, -Double.MAX_VALUE), retreat, patience, recoveries},
                "free", free, "best", best, "memory", memory));
    }

    /** @throws IllegalArgumentException when an array is missing or is not of this form */
    public static TuningState of(Map<String, double[]> arrays) {
        for (String name : new String[] {"progress", "free", "best", "memory"}) {
            if (arrays.get(name) == null) {
                throw new IllegalArgumentException("a state of tuning has the array '" + name + "', and here is none");
            }
        }
        double[] p = arrays.get("progress");
        if (p.length != 5) {
            throw new IllegalArgumentException("'progress' of a state of tuning has 5 numbers, not " + p.length);
        }
        return new TuningState((long) p[0], arrays.get("free"), arrays.get("best"), p[1], p[2], (int) p[3], (int) p[4], arrays.get("memory"));
    }
}
