package io.driftwood.wire;

import java.io.Serializable;
import java.util.List;

/** How the bytes of one record spell its fields. */
public sealed interface RecordFormat extends Serializable {

    RecordDecoder decoder(DecodeSpec spec);

    /** Whether a file's first line names its columns and is no record. */
    boolean headed();

    /** One JSON object a record; of a file, one a line. */
    record Json() implements RecordFormat {
        @Override
        public RecordDecoder decoder(DecodeSpec spec) {
            return spec.content() instanceof DecodeSpec.Content.Learned ? new LearnedDecoder() : new JsonDecoder(spec);
        }

        @Override
        public boolean headed() {
            return false;
        }
    }

    /**
     * One line of separated values a record, quoted as in RFC 4180 (without line ends inside quotes).
     *
     * @param columns the columns' names; empty when the first line of each file gives them
     */
    record Csv(List<String> columns, char separator) implements RecordFormat {
        public Csv {
            columns = List.copyOf(columns);
        }

        @Override
        public RecordDecoder decoder(DecodeSpec spec) {
            return new CsvDecoder(spec, columns, separator);
        }

        @Override
        public boolean headed() {
            return columns.isEmpty();
        }
    }
}
