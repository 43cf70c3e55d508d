package io.driftwood.connectors.file;

import io.driftwood.connectors.contract.Reading;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RawRecord;
import io.driftwood.wire.RecordDecoder;
import io.driftwood.wire.RecordFormat;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.MutableRecordAndPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/**
 * Reads a file of lines from its start to its end as one split, decoding in Flink's fetcher thread.
 *
 * <p>A reader's position, as Flink saves it with every checkpoint, is the pair (byte at which the next line starts, number of
 * the line before it), kept in the two numbers of a {@link org.apache.flink.connector.file.src.util.CheckpointedPosition}: a
 * restored reader seeks and still knows its line numbers. Only the header is read again.
 */
final class LineFormat implements BulkFormat<Decoded, FileSourceSplit> {

    private static final long serialVersionUID = 1;
    private static final int BATCH = 256;

    private final RecordFormat format;
    private final DecodeSpec spec;
    private final TypeInformation<Decoded> type;
    private final Origins origins;
    private final int maxRecordBytes;

    LineFormat(RecordFormat format, Reading reading, Origins origins, int maxRecordBytes) {
        this.format = format;
        this.spec = reading.spec();
        this.type = reading.type();
        this.origins = origins;
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public BulkFormat.Reader<Decoded> createReader(Configuration configuration, FileSourceSplit split) throws IOException {
        return open(split.path(), 0, 0);
    }

    @Override
    public BulkFormat.Reader<Decoded> restoreReader(Configuration configuration, FileSourceSplit split) throws IOException {
        var saved = split.getReaderPosition().orElseThrow();
        return open(split.path(), saved.getOffset(), saved.getRecordsAfterOffset());
    }

    private Reader open(Path path, long position, long number) throws IOException {
        FSDataInputStream in = path.getFileSystem().open(path);
        try {
            RecordDecoder decoder = format.decoder(spec);
            LineReader lines = new LineReader(in, 0, 0, maxRecordBytes);
            String origin = origins.of(path);
            if (format.headed() && lines.next()) {
                decoder.header(record(lines, origin));
            }
            if (position > 0) {
                in.seek(position);
                lines = new LineReader(in, position, number, maxRecordBytes);
            }
            return new Reader(lines, decoder, origin);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static RawRecord record(LineReader lines, String origin) {
        return new RawRecord(
                NO_KEY, lines.bytes(RawRecord.KEPT_BYTES), origin, lines.number(), Observation.NO_TIME, lines.length());
    }

    private static final byte[] NO_KEY = new byte[0];

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return type;
    }

    private static final class Reader implements BulkFormat.Reader<Decoded> {

        private final LineReader lines;
        private final RecordDecoder decoder;
        private final String origin;

        Reader(LineReader lines, RecordDecoder decoder, String origin) {
            this.lines = lines;
            this.decoder = decoder;
            this.origin = origin;
        }

        @Override
        public RecordIterator<Decoded> readBatch() throws IOException {
            Batch batch = new Batch();
            while (batch.size < BATCH && lines.next()) {
                batch.add(decoder.decode(record(lines, origin)), lines.position(), lines.number());
            }
            return batch.size == 0 ? null : batch;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    /** Records on their way from the fetcher thread to the task, each with the position behind it. */
    private static final class Batch implements RecordIterator<Decoded> {

        private final Decoded[] records = new Decoded[BATCH];
        private final long[] positions = new long[BATCH];
        private final long[] numbers = new long[BATCH];
        private final MutableRecordAndPosition<Decoded> current = new MutableRecordAndPosition<>();
        private int size;
        private int next;

        void add(Decoded record, long position, long number) {
            records[size] = record;
            positions[size] = position;
            numbers[size++] = number;
        }

        @Override
        public RecordAndPosition<Decoded> next() {
            if (next == size) {
                return null;
            }
            current.set(records[next], positions[next], numbers[next]);
            next++;
            return current;
        }

        @Override
        public void releaseBatch() {
            next = size;
        }
    }
}
