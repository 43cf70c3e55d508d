package io.driftwood.inference.summary;

import java.util.Arrays;

/**
 * What leaves the posterior operator after an observation. Missing numbers are NaN.
 *
 * @param seq observations assimilated for this key, starting at 1
 * @param eventTime epoch milliseconds of the observation; {@code Observation.NO_TIME} when the stream has none
 * @param levels quantile levels, ascending
 * @param logEvidence log p(y_1..y_t), see {@code evidenceKind}; NaN while buffering
 * @param logEvidenceSe Monte Carlo standard error of logEvidence (delta method), 0 when exact
 * @param evidenceKind "exact", "consistent", "unbiased", "score" (under forgetting policies it is no marginal likelihood) or "biased"
 * @param ess effective sample size of the weights after the step
 * @param acceptance mean acceptance probability of this step's moves; NaN when there were none
 * @param moves transitions of the whole population in this step
 * @param temperingSteps sub-steps in which a too-informative observation was assimilated; 0 when it went in whole
 * @param resampled whether the population was resampled in this step
 * @param rejectedNonFinite proposals of this step with a non-finite log-density
 * @param missing whether the observation was missing and changed nothing
 * @param state "running", or "buffering" until an improper prior has become proper
 * @param bias one sentence when the transition is not exact, else empty
 * @param samples thinned weighted particles, null when not asked for
 * @param learned what served it besides the records; null when nothing did
 */
public record PosteriorSummary(
        String job, String key, long seq, long eventTime, double[] levels,
        Quantity[] parameters, Quantity[] derived,
        double logEvidence, double logEvidenceSe, double logEvidenceIncrement, String evidenceKind,
        double ess, int particles, double acceptance, int moves, int temperingSteps, boolean resampled,
        long rejectedNonFinite, boolean missing, String state, String bias, Samples samples, LearnedVersion learned) {

    /** A summary that nothing but the records served. */
    public PosteriorSummary(
            String job, String key, long seq, long eventTime, double[] levels,
            Quantity[] parameters, Quantity[] derived,
            double logEvidence, double logEvidenceSe, double logEvidenceIncrement, String evidenceKind,
            double ess, int particles, double acceptance, int moves, int temperingSteps, boolean resampled,
            long rejectedNonFinite, boolean missing, String state, String bias, Samples samples) {
        this(job, key, seq, eventTime, levels, parameters, derived, logEvidence, logEvidenceSe, logEvidenceIncrement, evidenceKind,
                ess, particles, acceptance, moves, temperingSteps, resampled, rejectedNonFinite, missing, state, bias, samples, null);
    }

    /** The same, served by this version of something learned. */
    public PosteriorSummary with(LearnedVersion version) {
        return new PosteriorSummary(job, key, seq, eventTime, levels, parameters, derived, logEvidence, logEvidenceSe, logEvidenceIncrement,
                evidenceKind, ess, particles, acceptance, moves, temperingSteps, resampled, rejectedNonFinite, missing, state, bias, samples,
                version);
    }

    /** The same with more derived quantities after those there are. */
    public PosteriorSummary withDerived(Quantity... more) {
        Quantity[] all = Arrays.copyOf(derived, derived.length + more.length);
        System.arraycopy(more, 0, all, derived.length, more.length);
        return new PosteriorSummary(job, key, seq, eventTime, levels, parameters, all, logEvidence, logEvidenceSe, logEvidenceIncrement,
                evidenceKind, ess, particles, acceptance, moves, temperingSteps, resampled, rejectedNonFinite, missing, state, bias, samples, learned);
    }

    /** {@code values[k][s]}: parameter k of draw s; weights sum to 1. */
    public record Samples(String[] names, double[][] values, double[] weights) {}
}
