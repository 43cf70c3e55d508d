package io.driftwood.flink.state;

import io.driftwood.inference.model.Rows;

/** Room for rows that come from somewhere else. */
final class RowsCapacity {

    private RowsCapacity() {}

    /** Rows of which {@code count} are to be filled in, with room for at least one more, so that the next append does not copy them all. */
    static Rows rows(int width, int count) {
        Rows rows = new Rows(width);
        int capacity = (count + 16) & ~15;
        if (capacity > rows.weights.length) {
            rows.values = new double[capacity * width];
            rows.weights = new double[capacity];
        }
        rows.count = count;
        return rows;
    }
}
