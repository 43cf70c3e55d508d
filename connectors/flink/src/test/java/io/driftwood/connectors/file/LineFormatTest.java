package io.driftwood.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.connectors.contract.Reading;
import io.driftwood.connectors.type.WireTypeInfo;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader restored behind any record reads the same rest, with the same line numbers and under the same header. */
class LineFormatTest {

    private static final DecodeSpec SPEC =
            new DecodeSpec(List.of("y"), new DecodeSpec.KeySource.Constant("all"), new DecodeSpec.TimeSource.None());

    @TempDir
    Path directory;

    private record Met(String what, CheckpointedPosition behind) {}

    @Test
    void restoredReader_readsTheRestFromEveryLine() throws IOException {
        StringBuilder text = new StringBuilder("\uFEFFignored,y\r\n");
        for (int i = 0; i < 600; i++) {
            text.append(i % 7 == 0 ? "\n" : "").append(i % 50 == 49 ? "bad" : "x," + i).append(i % 3 == 0 ? "\r\n" : "\n");
        }
        Path file = Files.writeString(directory.resolve("f.csv"), text);
        LineFormat format = format(new RecordFormat.Csv(List.of(), ','));
        List<Met> whole = drain(format.createReader(new Configuration(), split(file)));
        assertThat(whole).hasSize(600);
        assertThat(whole.get(0).what()).isEqualTo("0.0 at f.csv 3");
        assertThat(whole.get(49).what()).startsWith("dead at f.csv ").contains("1 values for 2 columns");
        for (int read = 0; read < whole.size(); read++) {
            FileSourceSplit saved = split(file).updateWithCheckpointedPosition(whole.get(read).behind());
            assertThat(drain(format.restoreReader(new Configuration(), saved)))
                    .isEqualTo(whole.subList(read + 1, whole.size()));
        }
    }

    @Test
    void emptyFileAndLoneHeader_areStreamsWithoutRecords() throws IOException {
        for (RecordFormat format : List.of(new RecordFormat.Json(), new RecordFormat.Csv(List.of(), ','))) {
            Path empty = Files.writeString(directory.resolve("empty"), "");
            assertThat(drain(format(format).createReader(new Configuration(), split(empty)))).isEmpty();
        }
        Path header = Files.writeString(directory.resolve("header"), "x,y\n\n");
        assertThat(drain(format(new RecordFormat.Csv(List.of(), ',')).createReader(new Configuration(), split(header)))).isEmpty();
    }

    @Test
    void tenMegabyteLine_isOneDeadLetterBetweenItsNeighbours() throws IOException {
        Path file = Files.writeString(
                directory.resolve("f.json"), "{\"y\":1}\n{\"y\":" + "1".repeat(10_000_000) + "}\n{\"y\":3}\n");
        List<Met> met = drain(format(new RecordFormat.Json()).createReader(new Configuration(), split(file)));
        assertThat(met).extracting(Met::what).containsExactly(
                "1.0 at f.json 1",
                "dead at f.json 2: The record has 10000006 bytes, more than `max-record-bytes` allows; its first 65536 are kept.",
                "3.0 at f.json 3");
    }

    private LineFormat format(RecordFormat format) {
        Reading reading = new Reading(
                SPEC, WatermarkStrategy.noWatermarks(), WireTypeInfo.decoded(TypeInformation.of(Observation.class)), "file");
        return new LineFormat(format, reading, new Origins("", directory + "/"), 1024 * 1024);
    }

    private static FileSourceSplit split(Path file) throws IOException {
        return new FileSourceSplit("1", new org.apache.flink.core.fs.Path(file.toUri()), 0, Files.size(file), 0, Files.size(file));
    }

    private static List<Met> drain(BulkFormat.Reader<Decoded> reader) throws IOException {
        List<Met> met = new ArrayList<>();
        try (reader) {
            for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
                for (var next = batch.next(); next != null; next = batch.next()) {
                    met.add(new Met(
                            describe(next.getRecord()), new CheckpointedPosition(next.getOffset(), next.getRecordSkipCount())));
                }
                batch.releaseBatch();
            }
        }
        return met;
    }

    private static String describe(Decoded decoded) {
        if (decoded instanceof Decoded.Read read) {
            Observation observation = read.observation();
            return observation.values()[0] + " at " + observation.origin() + " " + observation.offset();
        }
        var letter = ((Decoded.Unreadable) decoded).letter();
        return "dead at " + letter.record().origin() + " " + letter.record().offset() + ": " + letter.reason();
    }
}
