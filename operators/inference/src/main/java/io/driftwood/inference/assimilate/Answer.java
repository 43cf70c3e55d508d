package io.driftwood.inference.assimilate;

import io.driftwood.inference.summary.LearnedVersion;
import io.driftwood.inference.summary.Quantity;

/**
 * What a posterior says to a question, or why it says nothing. Every question that could be read gets one.
 *
 * @param seq observations of the key that the answer rests on; 0 when it comes from the prior
 * @param levels of the quantiles, ascending
 * @param quantities what was asked for; empty when there is a refusal
 * @param bias one sentence when the answer is not exact or consistent, else empty
 * @param refusal why there is no answer; null when there is one
 * @param learned what served it besides the records; null when nothing did
 */
public record Answer(
        Question question, long seq, double[] levels, Quantity[] quantities, String bias, String refusal, LearnedVersion learned) {

    public static Answer of(Question question, long seq, double[] levels, String bias, Quantity... quantities) {
        return new Answer(question, seq, levels, quantities, bias, null, null);
    }

    public static Answer refused(Question question, long seq, String reason) {
        return new Answer(question, seq, new double[0], new Quantity[0], "", reason, null);
    }

    public boolean isRefused() { return refusal != null; }

    public Answer with(LearnedVersion version) { return new Answer(question, seq, levels, quantities, bias, refusal, version); }
}
