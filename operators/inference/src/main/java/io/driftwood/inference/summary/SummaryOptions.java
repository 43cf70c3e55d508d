package io.driftwood.inference.summary;

import java.util.List;

/**
 * What a summary shall hold.
 *
 * @param job the job's name
 * @param levels quantile levels, ascending, in (0, 1)
 * @param derived quantities computed from every particle
 * @param samplesEvery thinned particles with every so-many-th summary; 0 for never
 * @param samplesCount how many
 */
public record SummaryOptions(String job, double[] levels, List<Derived> derived, int samplesEvery, int samplesCount) {

    public static SummaryOptions of(String job, Derived... derived) {
        return new SummaryOptions(job, new double[] {0.05, 0.5, 0.95}, List.of(derived), 0, 0);
    }
}
