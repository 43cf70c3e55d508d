package io.driftwood.jobs.configuration;

import io.driftwood.inference.catalogue.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All problems of a configuration as people read them: what, where with the line of the file, and what to do.
 *
 * <pre>
 * error: sampler.particles must be a whole number of at least 1, got -5
 *   --> job.yaml:18:14
 *    |
 * 17 | sampler:
 * 18 |   particles: -5
 *    |              ^^
 * </pre>
 */
public final class ProblemReport {

    private final Configuration configuration;

    public ProblemReport(Configuration configuration) {
        this.configuration = configuration;
    }

    public List<String> lines() {
        List<String> out = new ArrayList<>();
        for (Problem problem : inFileOrder()) {
            out.add("error: " + headline(problem));
            where(problem, out);
            if (!problem.suggestion().isEmpty()) {
                out.add("help: " + problem.suggestion());
            }
            out.add("");
        }
        int count = configuration.problems().size();
        out.add(count + (count == 1 ? " problem" : " problems") + ". Nothing was started.");
        return out;
    }

    private List<Problem> inFileOrder() {
        List<Problem> sorted = new ArrayList<>(configuration.problems());
        sorted.sort(Comparator.comparing(problem -> configuration.file().placeOf(problem).map(Position::line).orElse(Integer.MAX_VALUE)));
        return sorted;
    }

    /** One problem in one line. */
    public static String headline(Problem problem) {
        String subject = problem.path().isEmpty() ? "" : problem.path() + " ";
        boolean shown = !problem.value().isEmpty() && problem.message().startsWith("must ");
        return subject + problem.message() + (shown ? ", got " + problem.value() : "");
    }

    private void where(Problem problem, List<String> out) {
        Layers layers = configuration.layers();
        if (layers.overridden(problem.path())) {
            out.add("  --> " + layers.originOf(problem.path()));
            return;
        }
        YamlFile file = configuration.file();
        Optional<Position> place = file.placeOf(problem);
        if (place.isEmpty()) {
            out.add("  --> " + file.name());
            return;
        }
        Position at = place.get();
        out.add("  --> " + file.name() + ":" + at.line() + ":" + at.column());
        int width = String.valueOf(at.line()).length();
        out.add(" ".repeat(width) + " |");
        if (!file.line(at.line() - 1).isBlank()) {
            out.add(String.format("%" + width + "d | %s", at.line() - 1, printable(file.line(at.line() - 1))));
        }
        out.add(String.format("%" + width + "d | %s", at.line(), printable(file.line(at.line()))));
        out.add(" ".repeat(width) + " | " + " ".repeat(at.column() - 1) + "^".repeat(at.length()));
    }

    /** A file may hold anything; a terminal should only be given text. */
    private static String printable(String line) {
        return line.replaceAll("\\p{Cntrl}", " ");
    }
}
