package io.driftwood.jobs.demo;

import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the demo says: a line for every launch, and in words what was learnt. */
final class DemoText {

    /** By quadrature over a fine grid; half the grid gives the same digits. */
    static final double EXACT_LOG_EVIDENCE = -15.7621;

    /** Characters between probability 0 and 1. */
    private static final int SCALE = 24;

    private DemoText() {}

    static List<String> heading(int particles) {
        return List.of(
                "Did cold break the O-rings? The 23 shuttle launches before Challenger, one at a time.",
                "After every launch: the probability that an O-ring is damaged at 31 °F, Challenger's temperature,",
                String.format(Locale.ROOT, "by logistic regression on %d weighted particles.", particles),
                "",
                "                                P(damage at 31 °F)                             log-",
                "flight  date        temp   O-rings  mean  90 % interval  0" + " ".repeat(SCALE - 2) + "1  evidence   ESS");
    }

    static String row(Launch launch, PosteriorSummary summary) {
        Quantity p = derived(summary, "p_fail_31F");
        double low = p.quantiles()[0];
        double high = p.quantiles()[p.quantiles().length - 1];
        return String.format(Locale.ROOT, "%-6s  %s  %2d °F  %-7s  %.2f  %.2f to %.2f   %s  %8.2f  %4.0f", launch.flight(), launch.date(),
                launch.temperature(), launch.damaged() ? "DAMAGED" : "ok", p.mean(), low, high, bar(low, p.mean(), high),
                summary.logEvidence(), summary.ess());
    }

    /** The interval as a line and the mean as a dot, between 0 and 1. */
    static String bar(double low, double mean, double high) {
        char[] cells = new char[SCALE];
        Arrays.fill(cells, '·');
        Arrays.fill(cells, cell(low), cell(high) + 1, '─');
        cells[cell(mean)] = '●';
        return new String(cells);
    }

    private static int cell(double probability) {
        return (int) Math.max(0, Math.min(SCALE - 1, Math.floor(probability * SCALE)));
    }

    static List<String> learnt(PosteriorSummary last) {
        Quantity cold = derived(last, "p_fail_31F");
        Quantity warm = derived(last, "p_fail_70F");
        Quantity odds = derived(last, "odds_per_degree_colder");
        double error = last.logEvidence() - EXACT_LOG_EVIDENCE;
        return List.of(
                "",
                "What was learnt",
                "  At 31 °F an O-ring is damaged with probability " + words(cold) + "; at 70 °F with " + words(warm) + ".",
                "  Every degree colder multiplies the odds of damage by " + words(odds) + ".",
                "  Challenger was launched at 31 °F on 1986-01-28, sixteen days after the last of these launches.",
                "",
                "How far to trust it",
                String.format(Locale.ROOT, "  log-evidence %.2f ± %.2f (Monte Carlo standard error); exactly, by quadrature, %.2f: %.1f standard errors off.",
                        last.logEvidence(), last.logEvidenceSe(), EXACT_LOG_EVIDENCE, Math.abs(error) / last.logEvidenceSe()));
    }

    private static String words(Quantity q) {
        return String.format(Locale.ROOT, "%.2f (90 %% interval %.2f to %.2f)", q.mean(), q.quantiles()[0], q.quantiles()[q.quantiles().length - 1]);
    }

    private static Quantity derived(PosteriorSummary summary, String name) {
        return Arrays.stream(summary.derived()).filter(q -> q.name().equals(name)).findFirst().orElseThrow();
    }
}
