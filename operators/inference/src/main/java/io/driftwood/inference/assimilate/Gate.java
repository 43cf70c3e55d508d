package io.driftwood.inference.assimilate;

import java.util.List;

/**
 * What is let in to a posterior: NaN is a missing value and passes; an infinite number, the wrong number of values, or time
 * running backwards beyond what the operator allows is refused with a reason. Poison is kept from one key's posterior without
 * touching another's.
 */
public final class Gate {

    private final List<String> fields;

    public Gate(List<String> fields) { this.fields = fields; }

    /** Null when the observation may pass, otherwise why not. */
    public String refusal(Observation y) {
        double[] values = y.values();
        if (values.length != fields.size()) {
            return "expected " + fields.size() + " values " + fields + ", got " + values.length;
        }
        for (int j = 0; j < values.length; j++) {
            if (Double.isInfinite(values[j])) {
                return "field `" + fields.get(j) + "` is infinite";
            }
        }
        return null;
    }

    static boolean hasMissing(double[] row) {
        for (double value : row) {
            if (value != value) {
                return true;
            }
        }
        return false;
    }
}
