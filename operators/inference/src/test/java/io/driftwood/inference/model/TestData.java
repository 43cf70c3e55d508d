package io.driftwood.inference.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The data files of the tests. */
final class TestData {

    private TestData() {}

    static Path path(String file) {
        try {
            return Path.of(TestData.class.getResource("/data/" + file).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** These columns of a file, row by row. */
    static List<double[]> rows(String file, List<String> columns) {
        try {
            List<String> lines = Files.readAllLines(path(file));
            List<String> header = List.of(lines.get(0).split(","));
            List<double[]> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split(",");
                rows.add(columns.stream().mapToDouble(column -> Double.parseDouble(fields[header.indexOf(column)])).toArray());
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's rows, encoded by the model. */
    static Rows encoded(String file, Model model) {
        Rows rows = new Rows(model.rowWidth());
        double[] row = new double[model.rowWidth()];
        for (double[] values : rows(file, model.fields())) {
            model.encode(values, row);
            rows.append(row, 1);
        }
        return rows;
    }
}
