package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.connectors.testkit.EmbeddedKafka;
import io.driftwood.wire.PublishedSchema;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every bad input gets the promised answer at the command line: an exit code, one readable message on stderr and no stack trace, a dead
 * letter with reason, bytes and position for every record that cannot be read; standard output is only data, and the books close.
 */
class BadInputTest {

    private static final int LONG_LINE = 10 * 1024 * 1024;

    @TempDir
    Path directory;

    private Path job(String sourceAndSinks) throws Exception { return Job.write(directory, Job.yaml("bad") + sourceAndSinks); }

    /** Lines that cannot be read, each with what its dead letter must say. */
    private static Map<byte[], String> unreadable() {
        Map<byte[], String> lines = new LinkedHashMap<>();
        lines.put(utf8("{\"key\":\"a\",\"t\":1700000001000,"), "Not JSON");
        lines.put(utf8("not json at all"), "Not JSON");
        lines.put(utf8("{\"key\":\"a\",\"t\":1700000001000,\"y\":1}"), "The field `x` is missing.");
        lines.put(utf8("{\"key\":\"a\",\"t\":1700000001000,\"x\":[1],\"y\":1}"), "The field `x` must be a number and is ");
        lines.put(utf8("{\"key\":\"a\",\"t\":1700000001000,\"x\":\"1.5\",\"y\":1}"), "The field `x` must be a number and is \"1.5\"");
        lines.put(utf8("{\"key\":\"a\",\"t\":1700000001000,\"x\":1e999,\"y\":1}"), "The number in the field `x` is too large");
        lines.put(utf8("{\"key\":\"a\",\"t\":\"yesterday\",\"x\":1,\"y\":1}"), "The time field `t` must be");
        lines.put(utf8("{\"key\":\"\",\"t\":1700000001000,\"x\":1,\"y\":1}"), "The key field `key` is empty.");
        lines.put(utf8("[1, 2]"), "Not a JSON object");
        lines.put(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}, "Not JSON");
        byte[] tooLong = new byte[LONG_LINE];
        Arrays.fill(tooLong, (byte) 'x');
        lines.put(tooLong, "more than `max-record-bytes` allows");
        return lines;
    }

    private static byte[] utf8(String text) { return text.getBytes(StandardCharsets.UTF_8); }

    private static byte[] reading(long time, String x) { return utf8("{\"key\":\"a\",\"t\":" + time + ",\"x\":" + x + ",\"y\":1}"); }

    /** A good line before, between and behind the bad ones; two missing values, two infinite ones, one late record. */
    @Test
    void everyBadRecord_isSetAsideWithReasonBytesAndPosition_andTheOthersAreAssimilated() throws Exception {
        long begin = 1_700_000_000_000L;
        List<byte[]> lines = new ArrayList<>(List.of(reading(begin, "0.5")));
        List<byte[]> bad = new ArrayList<>(unreadable().keySet());
        for (byte[] line : bad) {
            lines.add(line);
            lines.add(reading(begin + 1000L * lines.size(), "-0.25"));
        }
        lines.addAll(List.of(reading(begin + 30_000, "NaN"), reading(begin + 31_000, "null"), reading(begin + 32_000, "\"Infinity\""),
                reading(begin + 33_000, "-Infinity"), reading(begin + 90_000, "1.5"), reading(begin + 34_000, "2")));
        write("bad.jsonl", lines);
        Path job = job("source: {type: file, path: bad.jsonl}\nsinks: [stdout, {type: file, of: dead-letters, path: dead.jsonl}]\n");

        DriftwoodProcess.Ended ended = new DriftwoodProcess(directory).run("replay", job.toString());

        assertThat(ended.code()).as(ended.talk()).isZero();
        List<JsonNode> summaries = Published.valid(PublishedSchema.POSTERIOR_SUMMARY, ended.out());
        assertThat(summaries).hasSize(1 + bad.size() + 3);
        assertThat(summaries).filteredOn(s -> s.get("missing").asBoolean()).hasSize(2);
        assertThat(Job.books(ended.talk())).containsExactly(lines.size(), summaries.size(), 1, 2, bad.size());
        assertThat(ended.talk()).doesNotContain("\tat ").doesNotContain("Exception");

        List<JsonNode> letters = Published.valid(PublishedSchema.DEAD_LETTER, Files.readAllLines(directory.resolve("dead.jsonl")));
        assertThat(letters).hasSameSizeAs(bad);
        for (int i = 0; i < bad.size(); i++) {
            JsonNode letter = letters.get(i);
            assertThat(letter.get("reason").asText()).contains(unreadable().values().stream().toList().get(i));
            assertThat(letter.get("origin").asText()).isEqualTo("bad.jsonl");
            assertThat(letter.get("offset").asInt()).isEqualTo(2 + 2 * i);
            assertThat(letter.get("length").asInt()).isEqualTo(bad.get(i).length);
            byte[] kept = Base64.getDecoder().decode(letter.get("raw_base64").asText());
            assertThat(kept).isEqualTo(Arrays.copyOf(bad.get(i), Math.min(bad.get(i).length, 64 * 1024)));
        }
        List<JsonNode> aside = Published.valid(PublishedSchema.SET_ASIDE, ended.err().stream().filter(line -> line.startsWith("{")).toList());
        assertThat(aside).extracting(a -> a.get("fate").asText()).containsExactlyInAnyOrder("rejected", "rejected", "late");
    }

    private void write(String name, List<byte[]> lines) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.write(line);
            all.write('\n');
        }
        Files.write(directory.resolve(name), all.toByteArray());
    }

    @Test
    void threeMistakesInAConfiguration_areReportedTogether_eachWithItsPlace() throws Exception {
        Path job = Job.write(directory, Job.yaml("bad").replace("particles: 128", "particles: -128").replace("features:", "featurs:") + """
                source: {type: file, path: readings.jsonl, formt: json}
                """);

        DriftwoodProcess.Ended ended = new DriftwoodProcess(directory).run("replay", job.toString());

        assertThat(ended.code()).as(ended.talk()).isEqualTo(3);
        assertThat(ended.bytes()).isEmpty();
        assertThat(ended.talk()).contains("did you mean `features`?", "did you mean `format`?", "sampler.particles", "got -128",
                "3 problems. Nothing was started.", "job.yaml:").doesNotContain("\tat ");
        assertThat(ended.err()).filteredOn(line -> line.startsWith("error: ")).hasSize(3);
        assertThat(ended.err()).filteredOn(line -> line.matches(" +--> .*job\\.yaml:\\d+:\\d+")).hasSize(3);
    }

    @Test
    void aBrokerThatIsAbsent_isExitCodeFour_andTheReportNamesItsAddress() throws Exception {
        String address = "localhost:" + EmbeddedKafka.closedPort();
        Path job = job("source: {type: kafka, topic: readings, servers: \"" + address + "\"}\n");

        Job.Said said = Job.command("run", job.toString());

        assertThat(said.code()).as(said.err()).isEqualTo(4);
        assertThat(said.err()).contains("error: ", "no Kafka broker answers at " + address, "1 problem. Nothing was started.").doesNotContain("\tat ");
    }

    @Test
    void anOutputFileThatCannotBeWritten_isExitCodeFour_beforeAnythingIsRead() throws Exception {
        Readings.write(directory.resolve("readings.jsonl"));
        Files.createDirectory(directory.resolve("taken"));
        Path job = job("source: {type: file, path: readings.jsonl}\nsinks: [{type: file, path: taken}, {type: file, of: late, path: no/such/late.jsonl}]\n");

        Job.Said said = Job.command("replay", job.toString());

        assertThat(said.code()).as(said.err()).isEqualTo(4);
        assertThat(said.err()).contains("sinks[0].path", "is a directory", "sinks[1].path", "does not exist", "2 problems. Nothing was started.")
                .doesNotContain("\tat ");
    }

    /** Lines lost to a full disk must not look like a run that went well. Linux gives every machine such a disk. */
    @Test
    void standardOutputOnAFullDisk_failsTheJob() throws Exception {
        Readings.write(directory.resolve("readings.jsonl"));
        Path job = job("source: {type: file, path: readings.jsonl}\n");

        DriftwoodProcess.Ended ended = new DriftwoodProcess(directory).run(new File("/dev/full"), "replay", job.toString());

        assertThat(ended.code()).as(ended.talk()).isEqualTo(1);
        assertThat(ended.talk()).contains("error: the job failed. Standard output cannot be written").doesNotContain("\tat ");
    }
}
