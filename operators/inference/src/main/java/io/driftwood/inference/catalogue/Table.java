package io.driftwood.inference.catalogue;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of numbers given in a configuration, all of one length; NaN is a missing value.
 *
 * @param columns names of the columns, from the header of a file; empty for rows written inline
 * @param rows row r, column c at {@code rows[r][c]}
 */
public record Table(List<String> columns, double[][] rows) implements Serializable {

    public Table {
        columns = new ArrayList<>(columns);
        for (double[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException("rows have " + rows[0].length + " and " + row.length + " numbers; they must have equally many");
            }
        }
        if (!columns.isEmpty() && rows.length > 0 && rows[0].length != columns.size()) {
            throw new IllegalArgumentException(columns.size() + " names for " + rows[0].length + " columns");
        }
    }

    public static Table of(double[]... rows) { return new Table(List.of(), rows); }

    /**
     * From YAML's own types: a list whose elements are lists of numbers, or numbers, each a row of its own. Null is a missing value.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static Table ofList(List<?> written) {
        double[][] rows = new double[written.size()][];
        for (int r = 0; r < rows.length; r++) {
            Object row = written.get(r);
            List<?> cells = row instanceof List<?> list ? list : java.util.Collections.singletonList(row);
            rows[r] = cells.stream().mapToDouble(Table::number).toArray();
        }
        return Table.of(rows);
    }

    private static double number(Object cell) {
        if (cell == null) {
            return Double.NaN;
        } else if (cell instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("has " + cell + " where a number is needed");
    }

    /** Number of columns; 0 without rows. */
    public int width() { return rows.length == 0 ? 0 : rows[0].length; }

    /**
     * One column.
     *
     * @throws IllegalArgumentException when there is none of this name
     */
    public double[] column(String name) {
        int position = columns.indexOf(name);
        if (position < 0) {
            throw new IllegalArgumentException("no column " + name + "; there are " + String.join(", ", columns));
        }
        return column(position);
    }

    public double[] column(int position) {
        double[] out = new double[rows.length];
        for (int r = 0; r < out.length; r++) {
            out[r] = rows[r][position];
        }
        return out;
    }
}
