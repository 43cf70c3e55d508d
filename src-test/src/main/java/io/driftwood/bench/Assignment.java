package io.driftwood.bench;

import java.util.Arrays;

/**
 * The assignment of rows to columns with the least total cost, by shortest augmenting paths with potentials, O(n^3).
 *
 * <p>Reference: [1] Jonker and Volgenant (1987), Computing 38, 325-340. Differs from [1]: no reductions before the first path.
 */
final class Assignment {

    private Assignment() {}

    /** @param costs n x n */
    static double leastCost(double[][] costs) {
        int n = costs.length;
        double[] rowPotential = new double[n + 1];
        double[] columnPotential = new double[n + 1];
        // rowOf[c] is the row of column c, counted from 1; column 0 holds the row that looks for a place
        int[] rowOf = new int[n + 1];
        int[] before = new int[n + 1];
        double[] nearest = new double[n + 1];
        boolean[] reached = new boolean[n + 1];
        for (int row = 1; row <= n; row++) {
            rowOf[0] = row;
            int column = 0;
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            Arrays.fill(reached, false);
            while (rowOf[column] != 0) {
                reached[column] = true;
                int from = rowOf[column];
                double least = Double.POSITIVE_INFINITY;
                int next = 0;
                double[] costsOfRow = costs[from - 1];
                for (int c = 1; c <= n; c++) {
                    if (!reached[c]) {
                        double reduced = costsOfRow[c - 1] - rowPotential[from] - columnPotential[c];
                        if (reduced < nearest[c]) {
                            nearest[c] = reduced;
                            before[c] = column;
                        }
                        if (nearest[c] < least) {
                            least = nearest[c];
                            next = c;
                        }
                    }
                }
                for (int c = 0; c <= n; c++) {
                    if (reached[c]) {
                        rowPotential[rowOf[c]] += least;
                        columnPotential[c] -= least;
                    } else {
                        nearest[c] -= least;
                    }
                }
                column = next;
            }
            for (int c = column; c != 0; c = before[c]) {
                rowOf[c] = rowOf[before[c]];
            }
        }
        double cost = 0;
        for (int c = 1; c <= n; c++) {
            cost += costs[rowOf[c] - 1][c - 1];
        }
        return cost;
    }
}
