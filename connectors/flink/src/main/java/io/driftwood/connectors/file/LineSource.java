package io.driftwood.connectors.file;

import io.driftwood.connectors.contract.Reading;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RecordFormat;
import java.util.List;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Files of lines as one stream in one order: file after file, line after line, by a single reader. So records meet the same
 * watermarks in every run. Where files overlap in time, the later-named one's records are late: name them in order of time.
 */
public record LineSource(List<Path> files, RecordFormat format, Origins origins, int maxRecordBytes) {

    /** Lines of one local file that go by another name. */
    public static LineSource of(java.nio.file.Path file, String name, RecordFormat format, int maxRecordBytes) {
        return new LineSource(List.of(new Path(file.toUri())), format, Origins.named(name), maxRecordBytes);
    }

    public DataStream<Decoded> read(StreamExecutionEnvironment environment, Reading reading) {
        FileSource<Decoded> source = FileSource
                .forBulkFileFormat(
                        new LineFormat(format, reading, origins, maxRecordBytes), files.toArray(new Path[0]))
                .setFileEnumerator(() -> new NonSplittingRecursiveEnumerator(path -> true))
                .setSplitAssigner(PathOrder::new)
                .build();
        return environment
                .fromSource(source, reading.watermarks(), reading.uid(), reading.type())
                .uid(reading.uid())
                .setParallelism(1);
    }
}
