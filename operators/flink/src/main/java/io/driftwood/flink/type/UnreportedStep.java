package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.StepInfo;

/** The last step of a key, while its summary has not been sent. The info is a copy that nobody writes. */
public record UnreportedStep(Observation observation, StepInfo info) {

    /** Copies the info, which its posterior will overwrite. */
    public static UnreportedStep of(Observation observation, StepInfo info) {
        StepInfo copy = new StepInfo();
        copy.missing = info.missing;
        copy.buffering = info.buffering;
        copy.logEvidenceIncrement = info.logEvidenceIncrement;
        copy.ess = info.ess;
        copy.resampled = info.resampled;
        copy.temperingSteps = info.temperingSteps;
        copy.foreseen = info.foreseen;
        copy.covered = info.covered;
        copy.pitSum = info.pitSum;
        copy.ancestors = info.ancestors;
        copy.moves.moves = info.moves.moves;
        copy.moves.acceptanceSum = info.moves.acceptanceSum;
        copy.moves.rejectedNonFinite = info.moves.rejectedNonFinite;
        copy.moves.divergences = info.moves.divergences;
        copy.moves.boundViolations = info.moves.boundViolations;
        copy.moves.proposals = info.moves.proposals;
        copy.moves.evaluations = info.moves.evaluations;
        return new UnreportedStep(observation, copy);
    }
}
