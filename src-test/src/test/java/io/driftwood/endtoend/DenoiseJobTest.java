package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.wire.PublishedSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Denoising in the same operator, sources, sinks, order and promises as every other posterior. */
class DenoiseJobTest {

    private static final Path EXAMPLES = Path.of("..").toAbsolutePath().normalize().resolve("examples");

    private static final Map<String, String> KINDS = Map.of(
            "full", "{type: gaussian-mixture, means: [[0, 0], [1, -1]], covariances: [[[1, 0.5], [0.5, 1]], [[2, 0], [0, 1]]]}, noise: 0.7, covariance: true",
            "scale", "{type: atoms, atoms: [[0, 0], [1, -1], [1, 1]]}, noise: [1, 2], unknown-noise: {shape: 2, rate: 1}",
            "walk", "{type: gaussian-mixture, means: [[0, 0], [1, -1]]}, noise: 0.7, drift: {type: random-walk, variance: [0.1, 0.2], time-unit: 1s}",
            "outliers", "{type: gaussian-mixture, means: [[0, 0], [1, -1]]}, noise: 0.7, channel: {type: student-t, degrees-of-freedom: 3}");

    @TempDir
    Path directory;

    private Path job(String kind) throws Exception {
        Readings.write(directory.resolve("readings.jsonl"));
        return Job.write(directory, """
                name: denoised
                operator: denoise
                denoise: {measurements: [y, x], prior: %s}
                key: key
                time: {field: t, format: epoch-millis, out-of-orderness: %s}
                sampler: {particles: 64, seed: 11, samples: {every: 7, count: 5}}
                predict: [{name: difference, of: "x[1] - x[2]"}]
                source: {type: file, path: readings.jsonl}
                sinks: [stdout, {type: file, of: dead-letters, path: dead.jsonl}, {type: file, of: rejected, path: rejected.jsonl}]
                """.formatted(KINDS.get(kind), Readings.OUT_OF_ORDERNESS));
    }

    @ParameterizedTest
    @CsvSource({"full, 1, hashmap", "full, 4, rocksdb", "scale, 2, hashmap", "walk, 2, rocksdb", "outliers, 4, hashmap", "outliers, 2, rocksdb"})
    void theMinicluster_writesTheBytesOfThePlainLoop(String kind, int parallelism, String backend) throws Exception {
        Path job = job(kind);
        List<String> expected = PlainLoop.lines(Job.plan(job), Readings.list());
        assertThat(expected).hasSize(Readings.RECORDS - 2).doesNotHaveDuplicates();
        assertThat(expected).filteredOn(line -> line.contains("\"samples\"")).hasSizeGreaterThan(10);
        Path out = directory.resolve("out.jsonl");
        String sinks = "sinks=[{type: file, path: " + out + "}, {type: file, of: dead-letters, path: " + out + ".dead}, "
                + "{type: file, of: rejected, path: " + out + ".rejected}]";
        Job.Said said = Job.command("replay", job.toString(), "--parallelism", String.valueOf(parallelism), "--set", sinks,
                "--set", "flink={state.backend.type: " + backend + ", parallelism.default: " + parallelism + "}");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.readAllLines(out)).isEqualTo(expected);
        assertThat(Job.books(said.err())).isEqualTo(SameBitsTest.BOOKS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void eitherNumerics_writeTheBytesOfThePlainLoop(String numerics) throws Exception {
        Path job = job("full");
        List<String> expected = PlainLoop.lines(Job.plan(job), Readings.list());
        DriftwoodProcess.Ended ended = new DriftwoodProcess(directory).numerics(numerics).run("replay", job.toString(), "--parallelism", "2");
        assertThat(ended.code()).as(ended.talk()).isZero();
        assertThat(new String(ended.bytes(), StandardCharsets.UTF_8)).isEqualTo(String.join("\n", expected) + "\n");
    }

    private List<JsonNode> replay(Path job, String... arguments) throws Exception {
        Path out = directory.resolve("summaries.jsonl");
        String[] all = new String[4 + arguments.length];
        System.arraycopy(new String[] {"replay", job.toString(), "--set", "sinks=[{type: file, path: " + out + "}]"}, 0, all, 0, 4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        Job.Said said = Job.command(all);
        assertThat(said.code()).as(said.err()).isZero();
        return Published.valid(PublishedSchema.POSTERIOR_SUMMARY, Files.readAllLines(out));
    }

    /** Prior N(-3, 1)/5 + 4 N(3, 1)/5 and sigma = 3; twelve numbers from an independent implementation with 50 digits. */
    @Test
    void threeMeasurements_giveTheNumbersByHand() throws Exception {
        Files.writeString(directory.resolve("y.csv"), "y\n4.1\n-2.3\n0.4\n");
        List<JsonNode> records = replay(Job.write(directory, """
                name: by-hand
                operator: denoise
                denoise: {measurements: [y], prior: {type: gaussian-mixture, means: [[-3], [3]], weights: [0.2, 0.8], sd: 1}, noise: 3}
                source: {type: file, path: y.csv}
                """));
        double[][] expected = {
            {2.9970747568, 1.4970442025, 0.9790879179, -2.3327407943},
            {2.1977828948, 2.7052230965, 0.9143631823, -5.8077399798},
            {2.0876226376, 2.1861822455, 0.9231754010, -8.1289602834},
        };
        assertThat(records).hasSize(3);
        for (int i = 0; i < 3; i++) {
            JsonNode x = records.get(i).at("/parameters/x[1]");
            double sd = x.get("sd").asDouble();
            assertThat(new double[] {x.get("mean").asDouble(), sd * sd, records.get(i).at("/derived/mode[2]/mean").asDouble(), records.get(i).get("log_evidence").asDouble()})
                    .containsExactly(expected[i], within(1e-9));
            assertThat(records.get(i).at("/derived/effective-noise[1]/mean").asDouble()).isCloseTo(3 / Math.sqrt(i + 1), within(1e-12));
        }
    }

    /** Michelson's hundred runs, five experiments or all as one: mean, sd, evidence and quantiles of the closed form after every one. */
    @ParameterizedTest
    @ValueSource(strings = {"{field: expt}", "{constant: all}"})
    void michelson_isTheClosedFormAfterEveryMeasurement(String key) throws Exception {
        List<JsonNode> records = replay(EXAMPLES.resolve("michelson/michelson.yaml"), "--set", "key=" + key);
        assertThat(records).hasSize(100);
        List<String> lines = Files.readAllLines(EXAMPLES.resolve("michelson/michelson.csv")).stream().skip(1).toList();
        Map<String, double[]> sums = new HashMap<>();
        Map<String, JsonNode> told = new HashMap<>();
        records.forEach(record -> told.put(record.get("key").asText() + "/" + record.get("seq").asInt(), record));
        for (String line : lines) {
            String[] fields = line.split(",");
            double y = Double.parseDouble(fields[3]);
            double[] s = sums.computeIfAbsent(key.contains("field") ? fields[1] : "all", k -> new double[3]);
            String name = key.contains("field") ? fields[1] : "all";
            s[0]++;
            s[1] += y;
            s[2] += y * y;
            double n = s[0];
            double mean = s[1] / n;
            double precision = 1 / 90_000.0 + n / 6400;
            double wide = 90_000 + 6400 / n;
            double logEvidence = -0.5 * Math.log(2 * Math.PI * wide) - (mean - 700) * (mean - 700) / (2 * wide)
                    - 0.5 * (n - 1) * Math.log(2 * Math.PI * 6400) - 0.5 * Math.log(n) - (s[2] - n * mean * mean) / 12_800;
            JsonNode record = told.get(name + "/" + (int) n);
            JsonNode x = record.at("/parameters/x[1]");
            assertThat(x.get("mean").asDouble()).isCloseTo((700 / 90_000.0 + s[1] / 6400) / precision, within(1e-9));
            assertThat(x.get("sd").asDouble()).isCloseTo(1 / Math.sqrt(precision), within(1e-9));
            assertThat(x.at("/quantiles/0.95").asDouble()).isCloseTo(x.get("mean").asDouble() + 1.6448536269514722 * x.get("sd").asDouble(), within(1e-9));
            assertThat(record.get("log_evidence").asDouble()).isCloseTo(logEvidence, within(1e-9));
        }
        if (key.contains("all")) {
            double[][] reference = {{1, 840.0414938, 77.2987952, -6.7737705}, {5, 895.2234882, 35.5253548, -33.3749825},
                {20, 908.2595217, 17.8568265, -125.4246999}, {100, 852.2917037, 7.9971571, -582.1332785}};
            for (double[] row : reference) {
                JsonNode record = told.get("all/" + (int) row[0]);
                assertThat(record.at("/parameters/x[1]/mean").asDouble()).isCloseTo(row[1], within(5e-8));
                assertThat(record.at("/parameters/x[1]/sd").asDouble()).isCloseTo(row[2], within(5e-8));
                assertThat(record.get("log_evidence").asDouble()).isCloseTo(row[3], within(5e-8));
            }
        }
    }

    /** Noise in the record, a retraction, and what cannot be a measurement: refused with reasons, and the books close. */
    @Test
    void badMeasurements_areSetAsideWithTheReason() throws Exception {
        Files.writeString(directory.resolve("y.jsonl"), """
                {"y":1,"s":0.5}
                {"y":2,"s":-1}
                {"y":2,"s":0}
                {"y":2,"s":null}
                {"y":null,"s":null}
                {"y":7,"s":1,"wrong":1}
                {"y":"NaN","s":2}
                {"s":2}
                {"y":3,"s":0.5}
                {"y":3,"s":0.5,"wrong":1}
                """.replaceAll("(\"s\":[^,}]+)}", "$1,\"wrong\":0}"));
        Path rejected = directory.resolve("rejected.jsonl");
        Path out = directory.resolve("out.jsonl");
        Job.Said said = Job.command("replay", Job.write(directory, """
                name: bad
                operator: denoise
                denoise: {measurements: [y], prior: {type: gaussian, mean: [0], sd: 2}, noise: s, retraction: wrong}
                source: {type: file, path: y.jsonl}
                sinks: [{type: file, path: %s}, {type: file, of: rejected, path: %s}]
                """.formatted(out, rejected)).toString());
        assertThat(said.code()).as(said.err()).isZero();
        List<String> refused = Files.readAllLines(rejected);
        assertThat(refused).hasSize(4);
        assertThat(refused.get(0)).contains("is -1.0; it must be greater than 0");
        assertThat(refused.get(1)).contains("is 0.0; it must be greater than 0");
        assertThat(refused.get(2)).contains("the scale of the noise, is missing");
        assertThat(refused.get(3)).contains("takes back a measurement that has not been taken up");
        List<JsonNode> told = Published.valid(PublishedSchema.POSTERIOR_SUMMARY, Files.readAllLines(out));
        assertThat(told.get(told.size() - 1).at("/parameters/x[1]/mean").asDouble()).as("as after the first").isCloseTo(4 / 4.25, within(1e-12));
        List<Integer> books = Job.books(said.err());
        assertThat(books.get(0)).isEqualTo(10).isEqualTo(books.stream().skip(1).mapToInt(n -> n).sum());
    }

    /** A prior learned in the job serves from its event time on; the estimates are nearer to the truth, and every summary names its version. */
    @Test
    void aPriorLearnedInTheJob_isTakenUp() throws Exception {
        List<JsonNode> records = replay(EXAMPLES.resolve("learned-prior/learned-prior.yaml"));
        Map<String, double[]> truth = new HashMap<>();
        for (String line : Files.readAllLines(EXAMPLES.resolve("learned-prior/truth.csv")).stream().skip(1).toList()) {
            String[] fields = line.split(",");
            truth.put(fields[0], new double[] {Double.parseDouble(fields[1]), Double.parseDouble(fields[2])});
        }
        assertThat(records).hasSize(3 * truth.size());
        double[] squares = new double[2];
        int[] counts = new int[2];
        long version = 0;
        for (JsonNode record : records) {
            boolean learned = record.has("learned");
            assertThat(learned ? record.at("/learned/version").asLong() : 0).isGreaterThanOrEqualTo(version);
            version = learned ? record.at("/learned/version").asLong() : 0;
            if (record.get("seq").asInt() == 1) {
                double away = record.at("/parameters/x[1]/mean").asDouble() - truth.get(record.get("key").asText())[0];
                squares[learned ? 1 : 0] += away * away;
                counts[learned ? 1 : 0]++;
            }
        }
        assertThat(counts).containsExactly(26, 42);
        assertThat(Math.sqrt(squares[0] / 26)).isCloseTo(1.149, within(1e-3));
        assertThat(Math.sqrt(squares[1] / 42)).isCloseTo(0.390, within(1e-3));
    }

    /** Versions from a file: one does not parse, one has another dimension, one is no law; they are kept out and reported, and the last good one serves. */
    @Test
    void badVersionsOfAPrior_areKeptOut() throws Exception {
        Files.writeString(directory.resolve("prior.jsonl"), """
                {"schema":"driftwood/learned/v1","name":"p","type":"mixture","version":1,"event_time":null,"labels":{},"arrays":{"weights":[1],"means":[5],"variances":[0.01]}}
                {"schema":"driftwood/learned/v1","name":"p","type":"mixture","version":2,"event_time":null,"labels":{},"arrays":{"weights":[1],"means":[5,6],"variances":[1,1]}}
                {"schema":"driftwood/learned/v1","name":"p","type":"mixture","version":3,"event_time":null,"labels":{},"arrays":{"weights":[0.5,0.4],"means":[5,6],"variances":[1,1]}}
                {"schema":"driftwood/learned/v1","name":"p","type":"mixt
                """);
        Files.writeString(directory.resolve("y.csv"), "t,y\n2020-01-01,1\n2020-01-02,2\n");
        Path dead = directory.resolve("dead.jsonl");
        Path out = directory.resolve("out.jsonl");
        Job.Said said = Job.command("replay", Job.write(directory, """
                name: versions
                operator: denoise
                denoise: {measurements: [y], prior: {type: gaussian, mean: [0], sd: 2}, noise: 1}
                learned: {source: {type: file, path: prior.jsonl}}
                time: {field: t, format: date}
                source: {type: file, path: y.csv}
                sinks: [{type: file, path: %s}, {type: file, of: dead-letters, path: %s}]
                """.formatted(out, dead)).toString());
        assertThat(said.code()).as(said.err()).isZero();
        List<JsonNode> told = Published.valid(PublishedSchema.POSTERIOR_SUMMARY, Files.readAllLines(out));
        assertThat(told).hasSize(2).allMatch(record -> record.at("/learned/version").asInt() == 1);
        assertThat(told.get(1).at("/parameters/x[1]/mean").asDouble()).isCloseTo((500 + 3) / 102.0, within(1e-12));
        String reported = Files.readString(dead) + said.err();
        assertThat(reported).contains("has 2 numbers in array 'means' where 1 are needed").contains("has weights that add up to 0.9 and not to 1").contains("mixt");
    }
}
