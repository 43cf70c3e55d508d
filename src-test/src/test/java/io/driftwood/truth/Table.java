package io.driftwood.truth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A CSV file of data, by column name. Text that is no number reads as NaN. */
public record Table(List<String> header, List<String[]> lines) {

    /** {@code data/NAME.csv} of the class path. */
    public static Table of(String name) {
        String path = "/data/" + name + ".csv";
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Table.class.getResourceAsStream(path), path), StandardCharsets.UTF_8))) {
            List<String> all = reader.lines().toList();
            return new Table(List.of(all.get(0).split(",")), all.stream().skip(1).map(line -> line.split(",", -1)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One row of numbers for every line, the columns as named. */
    public double[][] rows(List<String> columns) {
        int[] at = columns.stream().mapToInt(header::indexOf).toArray();
        double[][] rows = new double[lines.size()][at.length];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < at.length; c++) {
                rows[r][c] = number(lines.get(r)[at[c]]);
            }
        }
        return rows;
    }

    public double[] column(String name) {
        double[][] rows = rows(List.of(name));
        double[] column = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            column[r] = rows[r][0];
        }
        return column;
    }

    private static double number(String field) {
        try {
            return Double.parseDouble(field);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
