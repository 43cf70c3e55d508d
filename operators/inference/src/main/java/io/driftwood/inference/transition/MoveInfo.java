package io.driftwood.inference.transition;

/** What people want to know about the moves of one step. Mutable, reused; added to by every transition. */
public final class MoveInfo {

    /** Transitions applied to the whole population. */
    public int moves;
    /** Sum over moves of the mean acceptance probability. */
    public double acceptanceSum;
    /** Proposals rejected because their log-density was not finite. */
    public long rejectedNonFinite;
    /** Trajectories whose energy error was above 1000 or not a number. */
    public long divergences;
    /** Restricted Gaussian draws in which the bound on the curvature was found to be wrong. */
    public long boundViolations;
    /** Proposals of the restricted Gaussian draws. */
    public long proposals;
    /** Target evaluations over the whole population. */
    public long evaluations;

    public void clear() {
        moves = 0;
        acceptanceSum = 0;
        rejectedNonFinite = 0;
        divergences = 0;
        boundViolations = 0;
        proposals = 0;
        evaluations = 0;
    }

    /** One move of the population. */
    void count(double acceptance, int evaluations) {
        moves++;
        acceptanceSum += acceptance;
        this.evaluations += evaluations;
    }

    /** Mean acceptance probability over the moves; NaN when there were none. */
    public double acceptance() { return moves == 0 ? Double.NaN : acceptanceSum / moves; }
}
