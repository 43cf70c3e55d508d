package io.driftwood.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void lines_endWithLfOrCrLfOrTheFileAndEmptyOnesAreCountedAndSkipped() throws IOException {
        assertThat(lines("a\nb\r\n\n\r\nc\rd\n\n  \ne")).containsExactly("1:a", "2:b", "5:c\rd", "7:  ", "8:e");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n\r\n\n")).isEmpty();
        assertThat(lines("a\r\n")).containsExactly("1:a");
        assertThat(lines("a\r")).containsExactly("1:a");
        assertThat(lines("schlüssel 🌊\n")).containsExactly("1:schlüssel 🌊");
    }

    @Test
    void byteOrderMark_belongsToTheFile() throws IOException {
        assertThat(lines("\uFEFFa\n\uFEFFb")).containsExactly("1:a", "2:\uFEFFb");
        assertThat(lines("\uFEFF")).isEmpty();
        assertThat(lines("\uFEFF\n")).isEmpty();
        assertThat(lines("ab")).containsExactly("1:ab");
    }

    @Test
    void line_thatIsTooLongKeepsItsFirstBytesItsLengthAndItsNeighbours() throws IOException {
        String text = "a\n" + "x".repeat(200_000) + "\r\nb\n" + "y".repeat(100) + "\r\nc";
        LineReader reader = reader(text, 100);
        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.length()).isEqualTo(200_000);
        assertThat(reader.bytes(64)).hasSize(64).containsOnly('x');
        assertThat(reader.bytes(1000)).hasSize(100);
        assertThat(reader.next()).isTrue();
        assertThat(reader.bytes(64)).containsExactly('b');
        assertThat(reader.next()).isTrue();
        assertThat(reader.bytes(64)).as("just short enough, so whole").hasSize(100);
        assertThat(reader.length()).isEqualTo(100);
        assertThat(reader.next()).isTrue();
        assertThat(reader.number()).isEqualTo(5);
        assertThat(reader.next()).isFalse();
    }

    /** Random texts of every kind of line, read in chunks of random size; seed 3. From every position the rest must follow. */
    @Test
    void reading_canGoOnFromEveryLine() throws IOException {
        Random random = new Random(3);
        String[] pieces = {"a", "bc", "\n", "\r\n", "\r", "ü", "x".repeat(70_000), "\n\n"};
        for (int round = 0; round < 30; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            List<String> whole = rest(bytes, 0, 0, random);
            LineReader reader = new LineReader(new Trickle(bytes, 0, random), 0, 0, 1 << 20);
            for (int read = 1; reader.next(); read++) {
                assertThat(rest(bytes, reader.position(), reader.number(), random))
                        .isEqualTo(whole.subList(read, whole.size()));
            }
        }
    }

    private static List<String> rest(byte[] bytes, long position, long number, Random random) throws IOException {
        LineReader reader = new LineReader(new Trickle(bytes, (int) position, random), position, number, 1 << 20);
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(reader.number() + ":" + new String(reader.bytes(10), StandardCharsets.UTF_8));
        }
        return lines;
    }

    private static List<String> lines(String text) throws IOException {
        return rest(text.getBytes(StandardCharsets.UTF_8), 0, 0, new Random(1));
    }

    private static LineReader reader(String text, int maxBytes) throws IOException {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 0, 0, maxBytes);
    }

    /** Gives a few bytes at a time, as a network does. */
    private static final class Trickle extends InputStream {

        private final ByteArrayInputStream bytes;
        private final Random random;

        Trickle(byte[] bytes, int from, Random random) {
            this.bytes = new ByteArrayInputStream(bytes, from, bytes.length - from);
            this.random = random;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, Math.min(length, 1 + random.nextInt(random.nextInt(20) == 0 ? 60_000 : 5)));
        }
    }
}
