package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Table;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Rows;
import java.util.List;

/** The observations of a table as a model looks at them. */
public final class DataRows {

    private DataRows() {}

    /** The rows of the table `data` of these settings, those with a missing number left out. */
    public static Rows encoded(Model model, Settings settings) {
        Table data = settings.table("data");
        List<String> fields = model.fields();
        int[] columns = new int[fields.size()];
        for (int f = 0; f < columns.length; f++) {
            columns[f] = data.columns().isEmpty() ? f : data.columns().indexOf(fields.get(f));
            if (columns[f] < 0 || columns[f] >= data.width()) {
                throw settings.problem("data", "has no column " + fields.get(f) + " of numbers; the model needs " + String.join(", ", fields));
            }
        }
        return encode(model, data.rows(), columns);
    }

    /** @param columns where the model's fields stand in a row */
    static Rows encode(Model model, double[][] data, int[] columns) {
        Rows rows = new Rows(model.rowWidth());
        double[] values = new double[columns.length];
        double[] row = new double[model.rowWidth()];
        for (double[] observation : data) {
            boolean complete = true;
            for (int f = 0; f < columns.length; f++) {
                values[f] = observation[columns[f]];
                complete &= values[f] == values[f];
            }
            if (complete) {
                model.encode(values, row);
                rows.append(row, 1);
            }
        }
        return rows;
    }
}
