package io.driftwood.inference.sample;

/**
 * An estimate of the log-normaliser, and what it is.
 *
 * @param log log of the estimate of Z; NaN when the sampler gives none
 * @param standardError of {@code log}, by the delta method
 * @param kind what is unbiased, consistent or biased: the estimate of Z, not its logarithm, which is below log Z in expectation
 * @param bias why it is biased, in one sentence; empty otherwise
 * @param upper an estimate whose expectation is not below log Z, from exact draws annealed backwards; NaN where there are none
 * @param upperStandardError of {@code upper}
 */
public record Evidence(double log, double standardError, Kind kind, String bias, double upper, double upperStandardError) {

    /** What an estimate promises. */
    public enum Kind {
        UNBIASED, CONSISTENT, BIASED, NONE;

        /** As people read it. */
        public String word() { return name().toLowerCase(java.util.Locale.ROOT); }
    }

    public static final Evidence NONE = new Evidence(Double.NaN, Double.NaN, Kind.NONE, "", Double.NaN, Double.NaN);

    static Evidence of(double log, double standardError, Kind kind) {
        return new Evidence(log, standardError, kind, "", Double.NaN, Double.NaN);
    }

    /** The same estimate made with a kernel that does not leave its target invariant; nothing changes when there is no bias to tell. */
    Evidence biased(String why) { return why.isEmpty() ? this : new Evidence(log, standardError, Kind.BIASED, why, upper, upperStandardError); }

    Evidence below(double bound, double boundStandardError) {
        return new Evidence(log, standardError, kind, bias, bound, boundStandardError);
    }
}
