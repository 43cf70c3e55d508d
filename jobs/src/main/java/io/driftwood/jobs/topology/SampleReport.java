package io.driftwood.jobs.topology;

import io.driftwood.inference.diagnostic.WeightDiagnosis;
import io.driftwood.inference.sample.Draws;
import io.driftwood.inference.sample.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of a sampling job when it ends: a table of the coordinates, a table of the runs, and what to think of them. */
final class SampleReport {

    private final String[] names;
    private final List<ChainRun> runs;

    /** @param runs of all chains, by number */
    SampleReport(String[] names, List<ChainRun> runs) {
        this.names = names;
        this.runs = runs;
    }

    /** One line of progress. */
    static String finished(ChainRun run, int chains) {
        return String.format(Locale.ROOT, "chain %d of %d: %d draws in %.1f s%s", run.chain() + 1, chains, run.draws().particles().size, run.seconds(),
                evidence(run.draws().evidence()));
    }

    private static String evidence(Evidence evidence) {
        return evidence.kind() == Evidence.Kind.NONE ? ""
                : String.format(Locale.ROOT, ", log evidence %.4f +- %.4f (%s)", evidence.log(), evidence.standardError(), evidence.kind().word());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(TextTable.of(List.of("coordinate", "mean", "sd", "mcse", "ess bulk", "ess tail", "r-hat"), coordinates()));
        lines.add("");
        lines.addAll(TextTable.of(runHead(), runRows()));
        lines.add("");
        lines.addAll(sentences());
        return lines;
    }

    private List<List<String>> coordinates() {
        List<List<String>> rows = new ArrayList<>();
        for (int j = 0; j < names.length; j++) {
            CoordinateDiagnosis of = CoordinateDiagnosis.of(runs, j);
            rows.add(List.of(names[j], number(of.mean()), number(of.sd()), number(of.mcse()), count(of.essBulk()), count(of.essTail()), number(of.rHat())));
        }
        return rows;
    }

    private List<String> facts() {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.draws().facts().keySet()));
        return List.copyOf(names);
    }

    private List<String> runHead() {
        List<String> head = new ArrayList<>(List.of("chain", "log evidence", "+-", "kind", "upper bound", "+-", "ess of weights", "pareto k"));
        facts().forEach(fact -> head.add(fact.replace('-', ' ')));
        head.add("seconds");
        return head;
    }

    private List<List<String>> runRows() {
        List<List<String>> rows = new ArrayList<>();
        for (ChainRun run : runs) {
            Draws draws = run.draws();
            Evidence evidence = draws.evidence();
            List<String> row = new ArrayList<>(List.of(String.valueOf(run.chain()), number(evidence.log()), number(evidence.standardError()),
                    evidence.kind().word(), number(evidence.upper()), number(evidence.upperStandardError()),
                    count(draws.weights().effectiveSampleSize()), number(WeightDiagnosis.of(draws.weights().log, draws.weights().size).paretoK())));
            for (String fact : facts()) {
                row.add(fact(draws.facts().getOrDefault(fact, Double.NaN)));
            }
            row.add(String.format(Locale.ROOT, "%.2f", run.seconds()));
            rows.add(row);
        }
        return rows;
    }

    /** The estimate of all runs together, and every bias there is to tell. */
    private List<String> sentences() {
        List<String> lines = new ArrayList<>();
        if (runs.stream().allMatch(run -> run.draws().evidence().kind() != Evidence.Kind.NONE)) {
            lines.add(RunsTogether.of(runs).sentence());
        }
        lines.addAll(runs.stream().flatMap(run -> List.of(run.draws().bias(), run.draws().evidence().bias()).stream())
                .filter(bias -> !bias.isEmpty()).map(bias -> "biased: " + bias).collect(Collectors.toCollection(LinkedHashSet::new)));
        return lines;
    }

    static String number(double x) {
        if (x != x) {
            return "-";
        }
        boolean whole = x == Math.rint(x) && Math.abs(x) < 1e15 && Math.abs(x) >= 10;
        boolean plain = x == 0 || Math.abs(x) >= 1e-4 && Math.abs(x) < 1e6;
        return whole ? String.valueOf((long) x) : String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", x);
    }

    /** Facts are counts or shares; a count has no decimals. */
    static String fact(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15 ? String.valueOf((long) x) : number(x);
    }

    private static String count(double x) {
        return x != x ? "-" : String.format(Locale.ROOT, "%.0f", x);
    }
}
