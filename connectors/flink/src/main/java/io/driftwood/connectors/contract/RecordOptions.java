package io.driftwood.connectors.contract;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.wire.RecordFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The options by which every source says how its records are spelled. */
public final class RecordOptions {

    public static final Option FORMAT = Option.optional(
            "format", Shape.choice("csv", "json"),
            "How records are written: `csv`, or `json`, one object a record and in files one a line. A file's extension"
                    + " (.csv, .tsv, .json, .jsonl, .ndjson) tells when this is absent; elsewhere it is then `json`.");

    public static final Option COLUMNS = Option.optional(
            "columns", Shape.listOf(Shape.text("a column name")),
            "Names of the CSV columns. When absent, the first line of every file names them.");

    public static final Option SEPARATOR = Option.optional(
            "separator", Shape.text("one character"),
            "What stands between CSV values. When absent, a comma, or in .tsv files a tab.");

    public static final Option MAX_RECORD_BYTES = Option.withDefault(
            "max-record-bytes", Shape.integer(1, 256 * 1024 * 1024), 1024L * 1024,
            "A longer record is a dead letter that carries its first bytes and its true length.");

    private RecordOptions() {}

    /** The format the settings name, or the extension of {@code path} implies; empty when neither does. */
    public static Optional<RecordFormat> format(Settings settings, String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String implied = switch (extension) {
            case "csv", "tsv" -> "csv";
            case "json", "jsonl", "ndjson" -> "json";
            default -> "";
        };
        return switch (settings.optionalText("format").orElse(implied)) {
            case "csv" -> Optional.of(new RecordFormat.Csv(columns(settings), separator(settings, extension)));
            case "json" -> Optional.of(json(settings));
            default -> Optional.empty();
        };
    }

    private static RecordFormat json(Settings settings) {
        for (String key : List.of("columns", "separator")) {
            if (settings.has(key)) {
                throw settings.problem(key, "belongs to CSV, and these records are JSON: say `format: csv`, or leave it out");
            }
        }
        return new RecordFormat.Json();
    }

    /** The format of records that have no file name to tell it. A message has no header line, so CSV needs {@code columns}. */
    public static RecordFormat messageFormat(Settings settings) {
        RecordFormat format = format(settings, ".json").orElseThrow();
        if (format.headed()) {
            throw settings.problem("format", "CSV messages have no header line: name their `columns`");
        }
        return format;
    }

    public static int maxRecordBytes(Settings settings) {
        return settings.count("max-record-bytes");
    }

    private static List<String> columns(Settings settings) {
        return settings.has("columns") ? settings.texts("columns") : List.of();
    }

    private static char separator(Settings settings, String extension) {
        String separator = settings.optionalText("separator").orElse(extension.equals("tsv") ? "\t" : ",");
        if (separator.length() != 1 || "\"\r\n".contains(separator)) {
            throw settings.problem("separator", "must be one character, and no quote or line end");
        }
        return separator.charAt(0);
    }
}
