package io.driftwood.inference.filter;

/**
 * What a particle filter does about a record that fewer than {@code least} effective particles explain, or none. Nobody's past is right then,
 * or too few particles were there; which of the two, a filter cannot know.
 *
 * <p>What becomes of the evidence: under REJECT a record that nobody explains is left out, and all others count as they are. TEMPER only changes how
 * the same integral is estimated: consistent. It errs where chance decides whether a record counts as unexplained, for the weights that escape are
 * the lucky ones: with 1,000 particles E p-hat / p was within 0.06 of 1 for {@code least} = 16, but 0.7 for 2. INJECT and RESET put another law in the
 * place of what was foreseen, so that from the first time on the product of the increments is the evidence of a model that starts anew, in part or
 * whole, whenever it fails: it is labelled biased.
 *
 * @param share of the particles that INJECT replaces, in (0, 1]
 * @param least effective particles below which a record counts as unexplained; under REJECT only a record that nobody explains does
 */
record Recovery(Policy policy, double share, double least) {

    enum Policy {
        /** Leave the record out; time goes on. */
        REJECT,
        /** Let it in by degrees and move what is resampled; see {@link ResampleMoveFilter}. */
        TEMPER,
        /** Draw a share of the particles from the initial law. */
        INJECT,
        /** Draw all of them from the initial law. */
        RESET
    }

    static final Recovery NONE = new Recovery(Policy.REJECT, 0, 0);

    boolean isOn() { return policy != Policy.REJECT; }

    /** Label of the evidence after this many recoveries. That nothing happened was found out by looking: then no more than consistent. */
    String evidenceKind(long recoveries) {
        return !isOn() ? "unbiased" : policy == Policy.TEMPER || recoveries == 0 ? "consistent" : "biased";
    }

    /** One sentence on what recoveries did to the evidence; empty when they did nothing. */
    String bias(long recoveries) {
        return policy == Policy.TEMPER || recoveries == 0 ? ""
                : (policy == Policy.RESET ? "the state started anew at " : "a share of the particles started anew at ")
                        + recoveries + (recoveries == 1 ? " record" : " records") + " that too few particles explained: "
                        + "the evidence is that of a model that may start anew";
    }
}
