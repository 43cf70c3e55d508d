package io.driftwood.connectors.file;

import io.driftwood.wire.OutputRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * One file with one record a line, written by one subtask. Its length is the writer's state: what a restored job finds behind
 * the length of its checkpoint is cut off and written again, so that each record is in the file once. Readers see records as
 * soon as they are written, also those that a failure may still cut off.
 *
 * @param startLength the length to begin at when there is no checkpoint: 0, or what stood there when the job was built
 */
record LinesFile(String path, long startLength)
        implements Sink<OutputRecord>, SupportsWriterState<OutputRecord, Long> {

    @Override
    public SinkWriter<OutputRecord> createWriter(WriterInitContext context) throws IOException {
        return new Writer(Path.of(path), startLength);
    }

    @Override
    public StatefulSinkWriter<OutputRecord, Long> restoreWriter(WriterInitContext context, Collection<Long> lengths)
            throws IOException {
        return new Writer(Path.of(path), lengths.stream().mapToLong(Long::longValue).max().orElse(startLength));
    }

    @Override
    public SimpleVersionedSerializer<Long> getWriterStateSerializer() {
        return new LengthSerializer();
    }

    private static final class Writer implements StatefulSinkWriter<OutputRecord, Long> {

        private final FileChannel channel;
        private ByteBuffer line = ByteBuffer.allocate(4096);

        Writer(Path path, long length) throws IOException {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.size() < length) {
                long size = channel.size();
                channel.close();
                throw new IOException(path + " has " + size + " bytes and had " + length
                        + " at the checkpoint the job restores: somebody else has changed it");
            }
            channel.truncate(length);
            channel.position(length);
        }

        @Override
        public void write(OutputRecord record, Context context) throws IOException {
            int size = record.value().length + 1;
            if (line.capacity() < size) {
                line = ByteBuffer.allocate(2 * size);
            }
            line.clear().put(record.value()).put((byte) '\n').flip();
            while (line.hasRemaining()) {
                channel.write(line);
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            channel.force(false);
        }

        @Override
        public List<Long> snapshotState(long checkpointId) throws IOException {
            return List.of(channel.position());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final class LengthSerializer implements SimpleVersionedSerializer<Long> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Long length) {
            return ByteBuffer.allocate(Long.BYTES).putLong(length).array();
        }

        @Override
        public Long deserialize(int version, byte[] bytes) {
            return ByteBuffer.wrap(bytes).getLong();
        }
    }
}
