package io.driftwood.jobs.topology;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Spelling;
import io.driftwood.wire.DecodeSpec.KeySource;
import io.driftwood.wire.DecodeSpec.TimeSource;
import io.driftwood.wire.TimeFormat;
import java.util.List;

/** Where in a record its key and its time are found: the {@code key} and {@code time} sections. */
final class FieldChoice {

    private static final List<String> FORMATS = List.of("iso", "date", "epoch-millis", "epoch-seconds");

    private FieldChoice() {}

    static KeySource key(Settings settings) {
        if (settings.get("key") instanceof String field) {
            return new KeySource.Field(field);
        }
        Settings key = settings.struct("key");
        if (key.has("field")) {
            return new KeySource.Field(key.text("field"));
        }
        return key.has("constant") ? new KeySource.Constant(key.text("constant")) : new KeySource.OfRecord();
    }

    static TimeSource time(Settings settings) {
        if (!settings.has("time")) {
            return new TimeSource.None();
        }
        Settings time = settings.struct("time");
        return time.has("field") ? new TimeSource.Field(time.text("field"), format(time)) : new TimeSource.OfRecord();
    }

    private static TimeFormat format(Settings time) {
        String format = time.text("format");
        return switch (format) {
            case "iso" -> new TimeFormat.Iso();
            case "date" -> new TimeFormat.Date();
            case "epoch-millis" -> new TimeFormat.EpochMillis();
            case "epoch-seconds" -> new TimeFormat.EpochSeconds();
            default -> pattern(time, format);
        };
    }

    private static TimeFormat pattern(Settings time, String letters) {
        try {
            return new TimeFormat.Pattern(letters);
        } catch (IllegalArgumentException e) {
            Problem problem = Problem.at(time.pathOf("format"), letters,
                    "must be " + String.join(", ", FORMATS) + " or a pattern such as yyyy-MM-dd HH:mm (" + e.getMessage() + ")");
            throw new ConfigurationException(
                    Spelling.nearest(letters, FORMATS).map(word -> problem.suggesting("did you mean `" + word + "`?")).orElse(problem));
        }
    }
}
