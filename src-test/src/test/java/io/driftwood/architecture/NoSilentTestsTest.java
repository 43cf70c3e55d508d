package io.driftwood.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test that does not run says nothing, and so must not look as if it did. Held against the sources of every module. */
class NoSilentTestsTest {

    /** Spelled in parts, so that this file does not find itself. */
    private static final Pattern SKIPS = Pattern.compile("@([\\w.]+\\.)?(Dis" + "abled|Enab" + "led|Ign" + "ore)\\w*"
            + "|\\bass" + "ume(True|False|That|NoException)?\\w*\\s*\\(|Assump" + "tions?\\b|TestAb" + "orted");
    private static final Pattern TESTS = Pattern.compile(
            "@([\\w.]+\\.)?(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property|Example|ArchTest)\\b(?! *\\})");
    private static final Pattern ABSTRACT = Pattern.compile("\\b(abstract class|interface) ");
    /** The groups that a build leaves out: what the nightly one runs, and what needs data that may not be in this repository. */
    private static final Pattern TAGS = Pattern.compile("@Tag\\(\"(?!nightly\"|data-of-others\")[^\"]*\"\\)");

    private static List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String room : List.of("operators", "connectors", "jobs", "src-test", "examples")) {
            try (Stream<Path> files = Files.walk(Path.of("..", room))) {
                files.filter(file -> file.toString().matches(".*/src/test/java/.*\\.java")).forEach(sources::add);
            }
        }
        return sources;
    }

    private static List<String> where(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : testSources()) {
            pattern.matcher(Files.readString(file)).results().forEach(match -> found.add(file + ": " + match.group()));
        }
        return found;
    }

    @Test
    void everyRoom_hasTests() throws IOException {
        for (String room : List.of("operators/inference", "operators/flink", "connectors/wire", "connectors/flink", "jobs", "src-test")) {
            assertThat(testSources()).as(room).anyMatch(file -> file.startsWith(Path.of("..").resolve(room)));
        }
    }

    @Test
    void noTest_isSwitchedOffOrSkipsItself() throws IOException { assertThat(where(SKIPS)).isEmpty(); }

    @Test
    void noTag_hidesATest_butThoseOfTheNightAndOfOthersData() throws IOException { assertThat(where(TAGS)).isEmpty(); }

    /** The build runs classes whose names end in Test; tests in a class of another name would never run. */
    @Test
    void everyTest_isInAClassThatTheBuildFinds() throws IOException {
        List<String> unseen = new ArrayList<>();
        for (Path file : testSources()) {
            String source = Files.readString(file);
            boolean found = file.toString().endsWith("Test.java");
            if (!found && TESTS.matcher(source).find() && !ABSTRACT.matcher(source).find()) {
                unseen.add(file.toString());
            }
        }
        assertThat(unseen).isEmpty();
    }
}
