package io.driftwood.jobs.topology;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.sample.Evidence;
import java.util.List;
import java.util.Locale;

/**
 * The evidence of independent runs together: log of the mean of their estimates of Z, which is unbiased if each is. Its error is that of the runs' spread, and
 * nothing that the runs themselves believe; with one run it is the run's own.
 */
record RunsTogether(double log, double standardError, Evidence.Kind kind, int runs) {

    static RunsTogether of(List<ChainRun> all) {
        double[] logs = all.stream().mapToDouble(run -> run.draws().evidence().log()).toArray();
        int n = logs.length;
        double log = LaneMath.get().logSumExp(logs, 0, n) - StrictMath.log(n);
        double squares = 0;
        for (double each : logs) {
            double excess = StrictMath.exp(each - log) - 1;
            squares += excess * excess;
        }
        double error = n == 1 ? all.get(0).draws().evidence().standardError() : Math.sqrt(squares / (n - 1) / n);
        boolean same = all.stream().map(run -> run.draws().evidence().kind()).distinct().count() == 1;
        return new RunsTogether(log, error, same ? all.get(0).draws().evidence().kind() : Evidence.Kind.BIASED, n);
    }

    String sentence() {
        return String.format(Locale.ROOT, "log evidence %.4f +- %.4f of %s (%s)", log, standardError, runs == 1 ? "one run" : runs + " runs together", kind.word());
    }
}
