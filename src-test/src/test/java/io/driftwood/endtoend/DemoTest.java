package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing anybody sees, in a process of its own. */
class DemoTest {

    /** By quadrature; {@code reference/oring.json} has more digits. */
    private static final double EXACT_LOG_EVIDENCE = -15.7621333;
    private static final Pattern LAUNCH = Pattern.compile(
            "(?:STS|[0-9])\\S* +(\\d{4}-\\d\\d-\\d\\d) +(\\d+) °F +(ok|DAMAGED) +([01]\\.\\d\\d) +([01]\\.\\d\\d) to ([01]\\.\\d\\d) .* (-?\\d+\\.\\d\\d) +(\\d+)");
    private static final Pattern EVIDENCE = Pattern.compile("log-evidence (-\\d+\\.\\d+) ± (\\d+\\.\\d+)");

    @TempDir
    Path directory;

    /** The seed is fixed, so the run is always the same; four standard errors, were it not, would be missed once in 15,000 runs. */
    @Test
    void theDemo_showsEveryLaunch_andComesOutRight() throws Exception {
        DriftwoodProcess.Ended ended = new DriftwoodProcess(directory).numerics("vector").run("demo");

        assertThat(ended.code()).as(ended.talk()).isZero();
        List<Matcher> launches = ended.out().stream().map(LAUNCH::matcher).filter(Matcher::matches).toList();
        assertThat(launches).as(String.join("\n", ended.out())).hasSize(23);
        assertThat(launches).extracting(launch -> launch.group(1)).isSorted().startsWith("1981-04-12").endsWith("1986-01-12");
        assertThat(launches).filteredOn(launch -> launch.group(3).equals("DAMAGED")).hasSize(7);
        assertThat(launches).allSatisfy(launch ->
                assertThat(Double.parseDouble(launch.group(4))).isBetween(Double.parseDouble(launch.group(5)), Double.parseDouble(launch.group(6))));
        Matcher evidence = EVIDENCE.matcher(String.join("\n", ended.out()));
        assertThat(evidence.find()).isTrue();
        double error = Double.parseDouble(evidence.group(2));
        assertThat(error).isBetween(0.001, 0.05);
        assertThat(Double.parseDouble(evidence.group(1))).isCloseTo(EXACT_LOG_EVIDENCE, org.assertj.core.data.Offset.offset(4 * error));
        assertThat(Job.books(String.join("\n", ended.out()))).containsExactly(23, 23, 0, 0, 0);
        assertThat(String.join("\n", ended.out()) + ended.talk()).doesNotContain("\tat ").doesNotContain("Exception").doesNotContain("WARN");
        assertThat(String.join("", ended.out()) + String.join("", ended.err())).as("no colours, no cursor, no bar where nobody looks")
                .doesNotContainPattern("\\p{Cntrl}");
    }
}
