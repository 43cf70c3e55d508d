package io.driftwood.inference.assimilate;

import io.driftwood.inference.transition.MoveInfo;
import java.util.ArrayList;
import java.util.List;

/** What people want to know about one step. Mutable and owned by the posterior that returns it: valid until the next step. */
public final class StepInfo {

    /** A step in which nothing moved. */
    public StepInfo() { clear(); }

    /** Why the observation was refused and changed nothing but counters; null when it was assimilated. */
    public String rejection;
    /** The observation had a missing value: it advanced the clock and did not weight. */
    public boolean missing;
    /** The posterior is not proper yet; the observation was kept. */
    public boolean buffering;
    public double logEvidenceIncrement;
    public double ess;
    public boolean resampled;
    public int temperingSteps;
    /** Measurements whose law was foreseen before they were used. */
    public int foreseen;
    /** How many of those fell between the outer quantiles of what was foreseen. */
    public int covered;
    /** The sum of their probability integral transforms. */
    public double pitSum;
    /** Distinct ancestors of the population when it was resampled; 0 when that is not known. */
    public int ancestors;
    public final MoveInfo moves = new MoveInfo();
    /** What this step noticed; empty nearly always. */
    public final List<Alarm> alarms = new ArrayList<>(0);

    public void clear() {
        rejection = null;
        missing = false;
        buffering = false;
        logEvidenceIncrement = 0;
        ess = Double.NaN;
        resampled = false;
        temperingSteps = 0;
        foreseen = 0;
        covered = 0;
        pitSum = 0;
        ancestors = 0;
        moves.clear();
        alarms.clear();
    }
}
