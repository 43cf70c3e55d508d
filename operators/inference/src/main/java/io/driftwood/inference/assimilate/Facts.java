package io.driftwood.inference.assimilate;

import io.driftwood.inference.summary.StepFacts;

/** Reads off a state and its last step what a summary says besides the population. */
public final class Facts {

    private Facts() {}

    public static StepFacts of(PosteriorState state, Observation y, StepInfo info, double logEvidenceSe, String evidenceKind, String bias) {
        return new StepFacts(y.key(), state.assimilated, y.eventTime(), state.logEvidence, logEvidenceSe, info.logEvidenceIncrement,
                evidenceKind, info.ess, info.moves.acceptance(), info.moves.moves, info.temperingSteps, info.resampled,
                info.moves.rejectedNonFinite, info.missing, "running", bias);
    }

    /** No posterior yet, and no evidence. */
    static StepFacts buffering(PosteriorState state, Observation y, StepInfo info, String evidenceKind) {
        return new StepFacts(y.key(), state.assimilated, y.eventTime(), Double.NaN, Double.NaN, Double.NaN, evidenceKind,
                Double.NaN, Double.NaN, 0, 0, false, 0, info.missing, "buffering", "");
    }
}
