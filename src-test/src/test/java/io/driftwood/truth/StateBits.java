package io.driftwood.truth;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Posteriors and summaries as lists of bits, to be compared. */
final class StateBits {

    private StateBits() {}

    /** What the posterior is: everything but the counters of what was offered, and the clock. */
    static List<Long> posterior(PosteriorState state) {
        List<Long> bits = new ArrayList<>(List.of((long) state.phase.ordinal(), state.keyBits, (long) state.history.count));
        add(bits, state.logEvidence, state.logEvidenceVariance);
        add(bits, Arrays.copyOf(state.history.values, state.history.count * state.history.width));
        add(bits, Arrays.copyOf(state.history.weights, state.history.count));
        add(bits, state.statistics);
        if (state.particles != null) {
            add(bits, state.particles.values);
            add(bits, state.weights.log);
            add(bits, state.weights.normalised);
            add(bits, state.tuning.lower);
            add(bits, state.tuning.stepSize, state.tuning.adaptations);
        }
        return bits;
    }

    /** Every number of a summary, in order. */
    static List<Long> summary(PosteriorSummary s) {
        List<Long> bits = new ArrayList<>(List.of(s.seq(), s.eventTime(), (long) s.moves(), (long) s.temperingSteps(),
                s.resampled() ? 1L : 0, s.rejectedNonFinite(), s.missing() ? 1L : 0));
        add(bits, s.logEvidence(), s.logEvidenceSe(), s.logEvidenceIncrement(), s.ess(), s.acceptance());
        bits.addAll(quantities(s));
        return bits;
    }

    /** The parameters and derived quantities of a summary. */
    static List<Long> quantities(PosteriorSummary s) {
        List<Long> bits = new ArrayList<>();
        for (Quantity[] quantities : new Quantity[][] {s.parameters(), s.derived()}) {
            for (Quantity quantity : quantities) {
                add(bits, quantity.mean(), quantity.sd());
                add(bits, quantity.quantiles());
            }
        }
        return bits;
    }

    private static void add(List<Long> bits, double... numbers) {
        for (double x : numbers) {
            bits.add(Double.doubleToRawLongBits(x));
        }
    }
}
