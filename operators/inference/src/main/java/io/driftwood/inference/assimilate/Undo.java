package io.driftwood.inference.assimilate;

import io.driftwood.inference.transition.Tuning;

/** What a population was before an observation that then turned out to be inexplicable. Owns its buffers; in use only while an observation is tempered. */
final class Undo {

    private double[] values = new double[0];
    private double[] log = new double[0];
    private double[] normalised = new double[0];
    private double[] lower = new double[0];
    private double stepSize;
    private long adaptations;
    private double logEvidence;
    private double logEvidenceVariance;

    void remember(PosteriorState state) {
        values = copy(state.particles.values, values);
        log = copy(state.weights.log, log);
        normalised = copy(state.weights.normalised, normalised);
        lower = copy(state.tuning.lower, lower);
        stepSize = state.tuning.stepSize;
        adaptations = state.tuning.adaptations;
        logEvidence = state.logEvidence;
        logEvidenceVariance = state.logEvidenceVariance;
    }

    void restore(PosteriorState state, StepInfo info, int stagesDone) {
        info.logEvidenceIncrement = 0;
        if (stagesDone == 0) {
            return;
        }
        Tuning tuning = state.tuning;
        System.arraycopy(values, 0, state.particles.values, 0, state.particles.values.length);
        System.arraycopy(log, 0, state.weights.log, 0, state.weights.log.length);
        System.arraycopy(normalised, 0, state.weights.normalised, 0, state.weights.normalised.length);
        System.arraycopy(lower, 0, tuning.lower, 0, tuning.lower.length);
        tuning.stepSize = stepSize;
        tuning.adaptations = adaptations;
        state.logEvidence = logEvidence;
        state.logEvidenceVariance = logEvidenceVariance;
    }

    private static double[] copy(double[] from, double[] to) {
        double[] target = to.length >= from.length ? to : new double[from.length];
        System.arraycopy(from, 0, target, 0, from.length);
        return target;
    }
}
