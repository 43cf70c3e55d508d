package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads observations and questions from lines of separated values. Every line must have as many values as there are columns.
 *
 * <p>Quoting is RFC 4180's, except that a quoted value cannot span lines: a record is one line, so that every record has a
 * line number and a broken quote costs one record and not the rest of the file. Both halves of such a record are dead letters,
 * because each has an odd number of quotes.
 */
final class CsvDecoder implements RecordDecoder {

    private static final CsvFactory FACTORY =
            CsvFactory.builder().enable(CsvParser.Feature.TRIM_SPACES).build();

    private final Assembler assembler;
    private final CsvSchema schema;
    private final List<String> cells = new ArrayList<>();
    private int[] slotOfColumn;
    private String headerProblem;

    CsvDecoder(DecodeSpec spec, List<String> columns, char separator) {
        assembler = new Assembler(spec);
        schema = CsvSchema.emptySchema().withColumnSeparator(separator);
        if (columns.isEmpty()) {
            headerProblem = "No header line has named the columns.";
        } else {
            nameColumns(columns);
        }
    }

    @Override
    public void header(RawRecord line) {
        String problem = line.isTruncated() ? "it has " + line.length() + " bytes" : split(line.value());
        if (problem == null) {
            nameColumns(cells);
        } else {
            headerProblem = "The header line cannot be read: " + problem + ".";
        }
    }

    private void nameColumns(List<String> columns) {
        headerProblem = null;
        slotOfColumn = new int[columns.size()];
        boolean[] found = new boolean[assembler.names().size()];
        for (int column = 0; column < slotOfColumn.length; column++) {
            int slot = assembler.slot(columns.get(column));
            slotOfColumn[column] = slot;
            if (slot != Assembler.NONE && found[slot]) {
                headerProblem = "The header names the column `" + columns.get(column) + "` twice.";
            } else if (slot != Assembler.NONE) {
                found[slot] = true;
            }
        }
        for (int slot = 0; slot < found.length; slot++) {
            if (!found[slot] && headerProblem == null) {
                headerProblem = "The field `" + assembler.names().get(slot) + "` is missing: the columns are "
                        + Assembler.excerpt(String.join(", ", columns), 300) + ".";
            }
        }
    }

    @Override
    public Decoded decode(RawRecord record) {
        if (assembler.start(record)) {
            String problem = headerProblem != null ? headerProblem : problemOf(record.value());
            if (problem != null) {
                assembler.fail(problem);
            } else {
                readCells();
            }
        }
        return assembler.finish();
    }

    private String problemOf(byte[] line) {
        String problem = split(line);
        if (problem != null) {
            return "Not a line of separated values: " + problem + ".";
        }
        return cells.size() == slotOfColumn.length
                ? null
                : "The line has " + cells.size() + " values for " + slotOfColumn.length + " columns.";
    }

    private void readCells() {
        for (int column = 0; column < slotOfColumn.length && !assembler.failed(); column++) {
            int slot = slotOfColumn[column];
            if (slot != Assembler.NONE) {
                String cell = cells.get(column);
                assembler.text(slot, cell, Spelled.of(cell));
            }
        }
    }

    /** Fills {@link #cells}; answers what is wrong, or null. */
    private String split(byte[] line) {
        cells.clear();
        if (hasOddQuotes(line)) {
            return "a quote is not closed (a quoted value cannot span lines)";
        }
        try (CsvParser parser = FACTORY.createParser(line)) {
            parser.setSchema(schema);
            if (parser.nextToken() == null) {
                return "it is blank";
            }
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                cells.add(parser.getText());
            }
            return parser.nextToken() == null ? null : "it has more than one line";
        } catch (JsonProcessingException e) {
            return e.getOriginalMessage();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static boolean hasOddQuotes(byte[] line) {
        int quotes = 0;
        for (byte b : line) {
            quotes += b == '"' ? 1 : 0;
        }
        return (quotes & 1) == 1;
    }
}
