package io.driftwood.connectors.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of a stream of bytes, ended by LF or CR LF, with their numbers and positions. Wholly empty lines are counted and
 * skipped: they are no records. A UTF-8 byte order mark at the start of the file belongs to the file and not to its first
 * line. However long a line is, at most {@code maxBytes} of it are held.
 */
final class LineReader implements Closeable {

    private static final int BUFFER = 64 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;

    private byte[] line = new byte[256];
    private int stored;
    private long length;
    private byte last;
    private long number;
    private long position;

    /**
     * @param position where in the file {@code in} stands
     * @param number lines before that position
     */
    LineReader(InputStream in, long position, long number, int maxBytes) throws IOException {
        this.in = in;
        this.position = position;
        this.number = number;
        this.maxBytes = maxBytes;
        if (position == 0) {
            skipByteOrderMark();
        }
    }

    /** Moves to the next line that is not empty. False at the end. */
    boolean next() throws IOException {
        do {
            if (!readLine()) {
                return false;
            }
        } while (length == 0);
        return true;
    }

    /** The line without its end; of a line longer than {@code maxBytes}, its first {@code kept} bytes. */
    byte[] bytes(int kept) {
        return Arrays.copyOf(line, length > maxBytes ? Math.min(kept, maxBytes) : (int) length);
    }

    /** The true length of the line in bytes, without its end. */
    long length() {
        return length;
    }

    /** Lines read so far, empty ones included: the number of this line, starting at 1. */
    long number() {
        return number;
    }

    /** Where the next line starts. */
    long position() {
        return position;
    }

    private boolean readLine() throws IOException {
        stored = 0;
        length = 0;
        last = 0;
        boolean terminated = false;
        while (!terminated && (start < end || fill())) {
            int lineEnd = start;
            while (lineEnd < end && buffer[lineEnd] != '\n') {
                lineEnd++;
            }
            terminated = lineEnd < end;
            store(start, lineEnd - start);
            int consumed = lineEnd - start + (terminated ? 1 : 0);
            position += consumed;
            start += consumed;
        }
        if (!terminated && length == 0) {
            return false;
        }
        number++;
        if (last == '\r') {
            length--;
        }
        return true;
    }

    /** One byte more than allowed is held, so that a line of the allowed length may end in CR LF. */
    private void store(int from, int count) {
        if (count == 0) {
            return;
        }
        int held = (int) Math.min(count, maxBytes + 1L - stored);
        if (stored + held > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(maxBytes + 1L, Math.max(2L * line.length, stored + held)));
        }
        System.arraycopy(buffer, from, line, stored, held);
        stored += held;
        length += count;
        last = buffer[from + count - 1];
    }

    private boolean fill() throws IOException {
        start = 0;
        end = Math.max(0, in.read(buffer, 0, BUFFER));
        return end > 0;
    }

    private void skipByteOrderMark() throws IOException {
        end = Math.max(0, in.readNBytes(buffer, 0, BYTE_ORDER_MARK.length));
        if (end == BYTE_ORDER_MARK.length && Arrays.equals(buffer, 0, end, BYTE_ORDER_MARK, 0, end)) {
            start = end;
            position = end;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
