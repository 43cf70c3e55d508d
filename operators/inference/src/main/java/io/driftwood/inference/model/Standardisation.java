package io.driftwood.inference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fixed constants that put a feature on a common scale: x' = (x - mean)/sd. A constant column (sd 0) is divided by 1, which makes
 * it all zeros, so that its coefficient's posterior is its prior.
 *
 * @param sd the population standard deviation (divisor n), 0 for a constant column
 */
public record Standardisation(double mean, double sd) {

    public static final Standardisation NONE = new Standardisation(0, 1);

    private static final String HEADER = "feature,mean,sd";

    public Standardisation {
        if (!(Math.abs(mean) < Double.POSITIVE_INFINITY && sd >= 0 && sd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("mean must be finite and sd at least 0, not " + mean + " and " + sd);
        }
    }

    public double apply(double x) { return (x - mean) / (sd == 0 ? 1 : sd); }

    /** Mean and population sd of a column; NaN values are left out. */
    public static Standardisation of(double[] column) {
        double sum = 0;
        int n = 0;
        for (double x : column) {
            if (x == x) {
                sum += x;
                n++;
            }
        }
        double mean = sum / n;
        double squares = 0;
        for (double x : column) {
            squares += x == x ? (x - mean) * (x - mean) : 0;
        }
        return new Standardisation(mean, Math.sqrt(squares / n));
    }

    /**
     * The constants of these columns of a CSV file with a header line, numbers without quotes, empty fields missing. For whoever
     * prepares a job: in a stream the constants are fixed, from training data.
     */
    public static Map<String, Standardisation> ofCsv(Path csv, List<String> columns) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        List<String> header = List.of(lines.get(0).split(","));
        Map<String, Standardisation> constants = new LinkedHashMap<>();
        for (String column : columns) {
            int position = header.indexOf(column);
            if (position < 0) {
                throw new IllegalArgumentException("no column " + column + " among " + header);
            }
            constants.put(column, of(lines.stream().skip(1).mapToDouble(line -> number(line.split(",", -1)[position])).toArray()));
        }
        return constants;
    }

    private static double number(String field) { return field.isBlank() ? Double.NaN : Double.parseDouble(field); }

    /**
     * Reads a file of constants: the header {@code feature,mean,sd}, then one feature a line.
     *
     * @throws IllegalArgumentException with the line number, when a line does not fit
     */
    public static Map<String, Standardisation> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
            throw new IllegalArgumentException("line 1 must be the header " + HEADER);
        }
        Map<String, Standardisation> constants = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                readLine(lines.get(i), i + 1, constants);
            }
        }
        return constants;
    }

    private static void readLine(String line, int number, Map<String, Standardisation> constants) {
        String[] fields = line.split(",", -1);
        if (fields.length != 3) {
            throw new IllegalArgumentException("line " + number + " has " + fields.length + " fields, needs 3: " + HEADER);
        }
        try {
            constants.put(fields[0].strip(), new Standardisation(Double.parseDouble(fields[1]), Double.parseDouble(fields[2])));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }

    /** Writes what {@link #read} reads; numbers keep all their bits. */
    public static void write(Map<String, Standardisation> constants, Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        constants.forEach((feature, c) -> lines.add(feature + "," + c.mean() + "," + c.sd()));
        Files.write(file, lines);
    }
}
