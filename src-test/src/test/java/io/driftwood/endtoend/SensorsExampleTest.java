package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.bench.SensorFleet;
import io.driftwood.wire.PublishedSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of failing sensors gives the alarms that its page tells. */
class SensorsExampleTest {

    private static final Path EXAMPLE = Path.of("..").toAbsolutePath().normalize().resolve("examples/sensors");

    @TempDir
    Path directory;

    @Test
    void readings_areThoseOfTheGenerator() throws Exception {
        assertThat(Files.readAllLines(EXAMPLE.resolve("sensors.csv"))).isEqualTo(SensorFleet.lines());
    }

    @Test
    void sensorsThatFail_giveAlarms_andOthersGiveNone() throws Exception {
        Path out = directory.resolve("alarms.jsonl");
        Job.Said said = Job.command("replay", EXAMPLE.resolve("sensors.yaml").toString(),
                "--set", "sinks=[{type: file, of: alarms, path: " + out + "}]");
        assertThat(said.code()).as(said.err()).isZero();
        List<JsonNode> alarms = Published.valid(PublishedSchema.ALARM, Files.readAllLines(out));
        Map<String, Integer> first = new TreeMap<>();
        alarms.forEach(alarm -> first.merge(alarm.get("key").asText(), alarm.get("seq").asInt(), Math::min));
        assertThat(first).isEqualTo(Map.of("drift-11", 226, "drift-6", 224, "jump-10", 201, "jump-4", 201, "noise-12", 207, "noise-8", 211,
                "stuck-2", 228, "stuck-9", 227));
        assertThat(alarms).allSatisfy(alarm -> {
            assertThat(alarm.get("kind").asText()).isEqualTo("drift");
            assertThat(alarm.get("statistic").asDouble()).isGreaterThanOrEqualTo(alarm.get("bound").asDouble());
            assertThat(alarm.get("message").asText()).startsWith("value comes out ");
        });
    }
}
