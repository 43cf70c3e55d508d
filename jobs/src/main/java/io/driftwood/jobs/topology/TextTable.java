package io.driftwood.jobs.topology;

import java.util.ArrayList;
import java.util.List;

/** Rows of words in columns: the first to the left, the others to the right. */
final class TextTable {

    private TextTable() {}

    static List<String> of(List<String> head, List<List<String>> rows) {
        int[] widths = new int[head.size()];
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        for (List<String> row : all) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String padding = " ".repeat(widths[c] - row.get(c).length());
            line.append(c == 0 ? row.get(c) + padding : "  " + padding + row.get(c));
        }
        return line.toString().stripTrailing();
    }
}
