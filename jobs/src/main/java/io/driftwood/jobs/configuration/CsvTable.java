package io.driftwood.jobs.configuration;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.driftwood.inference.catalogue.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A CSV file with a header line as a table of numbers: columns that hold anything else, such as dates, are left out; an empty field is NaN. */
final class CsvTable {

    private static final CsvMapper CSV = CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES).build();

    private CsvTable() {}

    static Table read(String path) throws IOException {
        List<String[]> lines = lines(path);
        if (lines.isEmpty()) {
            throw new IOException(path + " is empty; it needs a header line");
        }
        String[] head = lines.get(0);
        List<String[]> body = lines.subList(1, lines.size());
        for (int r = 0; r < body.size(); r++) {
            if (body.get(r).length != head.length) {
                throw new IOException("row " + (r + 1) + " of " + path + " has " + body.get(r).length + " fields, the header " + head.length);
            }
        }
        int[] kept = IntStream.range(0, head.length).filter(c -> body.stream().allMatch(row -> isNumber(row[c]))).toArray();
        double[][] rows = new double[body.size()][];
        for (int r = 0; r < rows.length; r++) {
            String[] row = body.get(r);
            rows[r] = Arrays.stream(kept).mapToDouble(c -> row[c].isBlank() ? Double.NaN : Double.parseDouble(row[c].strip())).toArray();
        }
        return new Table(Arrays.stream(kept).mapToObj(c -> head[c].strip()).toList(), rows);
    }

    private static List<String[]> lines(String path) throws IOException {
        try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8))) {
            List<String[]> all = new ArrayList<>();
            while (lines.hasNextValue()) {
                all.add(lines.nextValue());
            }
            return all;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + path);
        }
    }

    private static boolean isNumber(String field) {
        if (field.isBlank()) {
            return true;
        }
        try {
            return Double.isFinite(Double.parseDouble(field.strip()));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
