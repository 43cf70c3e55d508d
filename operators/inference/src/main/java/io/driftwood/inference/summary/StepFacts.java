package io.driftwood.inference.summary;

/** What a posterior knows about its last step besides the population, for a summary. Fields as in {@link PosteriorSummary}. */
public record StepFacts(
        String key, long seq, long eventTime, double logEvidence, double logEvidenceSe, double logEvidenceIncrement,
        String evidenceKind, double ess, double acceptance, int moves, int temperingSteps, boolean resampled,
        long rejectedNonFinite, boolean missing, String state, String bias) {}
