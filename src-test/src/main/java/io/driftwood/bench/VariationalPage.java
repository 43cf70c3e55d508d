package io.driftwood.bench;

import io.driftwood.inference.numeric.LaneMath;
import java.util.List;
import java.util.Locale;

/** The page of the tables of variational: published | reproduced +- standard error, with the best of ours and the log-evidence. */
final class VariationalPage {

    private final StringBuilder text = new StringBuilder("""
            # Reference: tables of annealed Langevin paths

            Lower bounds on the log-evidence in nats: published by Geffner and Domke (2023) | reproduced ± standard error of 8000 fresh paths, in italics where that is more than 0.3 nat lower. Controlled drifts (CMCD) were not in that comparison. Seconds are by the clock, the cells of a row side by side, one a core. Written by `./driftwood bench variational --data brownian=FILE --data lorenz=FILE --page docs/reference/variational-tables.md`.
            """);
    private final StringBuilder absent = new StringBuilder();
    private String last = "";

    void absent(String sentence) { absent.append("\n").append(sentence).append(".\n"); }

    void begin(PublishedBounds problem) {
        text.append(String.format(Locale.ROOT, "%n## %s, log Z = %s%n%n| K |", problem.name(), problem.logEvidence()));
        PublishedBounds.METHODS.forEach(m -> text.append(' ').append(m).append(" |"));
        text.append(" CMCD | best of ours | seconds of the row |\n|").append(" --- |".repeat(PublishedBounds.METHODS.size() + 4)).append('\n');
    }

    void row(PublishedBounds problem, int bridges, List<PathCells.Cell> row, PathCells.Cell controlled, PathCells.Cell ours, double seconds) {
        StringBuilder line = new StringBuilder("| " + bridges + " |");
        for (int m = 0; m < row.size(); m++) {
            PathCells.Cell cell = row.get(m);
            double published = problem.bound(bridges, PublishedBounds.METHODS.get(m));
            String form = cell.bound().mean() < published - VariationalBench.CLOSE ? " %.1f \\| *%.2f ± %.2f* |" : " %.1f \\| %.2f ± %.2f |";
            line.append(String.format(Locale.ROOT, form, published, cell.bound().mean(), cell.bound().standardError()));
        }
        line.append(String.format(Locale.ROOT, " %.2f ± %.2f | %.3f ± %.3f (%s) | %.0f |", controlled.bound().mean(), controlled.bound().standardError(), ours.bound().mean(), ours.bound().standardError(), ours.label(), seconds));
        last = problem.name() + " " + line;
        text.append(line).append('\n');
    }

    String lastRow() { return last; }

    /** What there is so far. */
    String text(int close, int cells) {
        return text.toString() + absent
                + String.format(Locale.ROOT, "%n%d of %d cells are not more than 0.3 nat below the published bound. Java %s, %s.%n", close, cells,
                        Runtime.version().feature(), LaneMath.get().name())
                + "\nNext: [what the methods are, and what helps](../explanation/variational.md).\n";
    }
}
